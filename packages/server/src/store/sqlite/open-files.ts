import { statSync } from 'node:fs'
import { DeskError } from '@scel/contract/errors'

/**
 * The files of a database as they were opened. What a process has open is written on, wherever it was moved and though it was removed; the
 * next start finds what lies at the path.
 */
export class OpenFiles {
  readonly #opened: ReadonlyMap<string, string>

  /** @param file of a database that is open already, so that its log and the index of that are there, too */
  constructor(file: string) {
    const opened = new Map<string, string>()
    for (const path of [file, `${file}-wal`, `${file}-shm`]) {
      const found = identityOf(path)
      if (found !== undefined) opened.set(path, found)
    }
    this.#opened = opened
  }

  /** @throws DeskError storage_moved, when another file than the one that was opened lies at a path, or none */
  requireInPlace(): void {
    for (const [path, opened] of this.#opened) {
      const found = identityOf(path)
      if (found === opened) continue
      const what = found === undefined ? 'is not there any more' : 'is another file than the one that was opened'
      throw new DeskError('storage_moved', {}, new Error(`${path} ${what}`))
    }
  }
}

/** A number that the file system gives to no other file while this one is open. */
function identityOf(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found && `${found.dev} ${found.ino}`
}
