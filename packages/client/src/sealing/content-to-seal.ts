import { stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { sealedName } from '@scel/files/names'
import type { Outside } from '../outside.ts'
import { stop } from '../ui/cli-error.ts'
import { type Count, readFileInParts } from './file-source.ts'
import { gather } from './gather.ts'

/** What is sealed, before any of it is read. */
export interface ContentToSeal {
  /** Bytes of the files, where that is known: an archive or a signature around them only adds to it. */
  readonly size?: number
  /** What the sealed file is called, in the folder of what is sealed. */
  readonly target?: string
  read(count: Count): AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>
}

/**
 * One file as it is, or standard input; several files and folders as one archive.
 * @throws argument_extra, and what `readFileInParts` and `gather` throw
 */
export async function contentToSeal(outside: Outside, files: readonly string[]): Promise<ContentToSeal> {
  const [first = '', ...more] = files
  const { signal, platform } = outside
  if (files.includes('-')) {
    if (more.length > 0) stop('argument_extra')
    return { read: (count) => counted(outside.input(), count) }
  }
  const single =
    more.length === 0 &&
    !(await stat(first).then(
      (found) => found.isDirectory(),
      () => false,
    ))
  if (single) {
    const source = await readFileInParts(first, signal)
    return {
      size: source.length,
      target: sealedName(first),
      read: (count) => counted(source, count),
    }
  }
  const entries = await gather(files, platform)
  const { zipOf } = await import('./zip.ts') // one file alone needs no archive
  const name = more.length === 0 ? basename(resolve(first)) : 'sealed'
  return {
    size: entries.reduce((sum, entry) => sum + entry.size, 0),
    target: join(dirname(resolve(first)), sealedName(`${name}.zip`)),
    read: (count) => zipOf(entries, signal, count),
  }
}

async function* counted(source: AsyncIterable<Uint8Array>, count: Count): AsyncGenerator<Uint8Array> {
  for await (const part of source) {
    yield part
    count(part.length)
  }
}
