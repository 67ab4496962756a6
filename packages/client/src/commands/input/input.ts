import { stat } from 'node:fs/promises'
import { type CmsKind, cmsKind, fileKind } from '@scel/files/kinds'
import type { Outside } from '../../outside.ts'
import { beginsAsPem, peeked, unwrapped } from '../../signing/index.ts'
import { readLimited } from '../../state/files.ts'
import { stop } from '../../ui/cli-error.ts'
import { collect } from './collect.ts'
import { type Content, contentOf } from './content.ts'
import type { Shell } from './shell.ts'

/**
 * What a file holds; `-` is standard input, which can be read once.
 * @throws file_missing, file_unreadable, file_too_large, input_twice
 */
export async function readInput(shell: Shell, file: string, limit: number = LONGEST): Promise<Uint8Array> {
  if (file !== '-') return readLimited(file, limit)
  takeInput(shell)
  try {
    return await shell.outside.readInput(limit)
  } catch (error) {
    if (error instanceof RangeError) return stop('file_too_large', { file: '-', limit })
    throw error
  }
}

function takeInput(shell: Shell): void {
  if (read.has(shell.outside)) stop('input_twice')
  read.add(shell.outside)
}

/** A signed or sealed file, which may have any length: it is still to be read. */
export interface CmsInput extends Content {
  readonly kind: CmsKind
}

/**
 * What a file holds, all of it, unless its first bytes say that it is signed or sealed. Time stamps, and PEM that is not
 * too long, are read as a whole too: there may be more than one object in it.
 * @throws what `readInput` throws; while a source is read also file_changed, interrupted, pem_malformed
 */
export async function readInputOrCms(shell: Shell, file: string): Promise<Uint8Array | CmsInput> {
  if (file === '-') takeInput(shell)
  else if (!(await isFile(file))) return readInput(shell, file) // a pipe is read once; what is missing, its reader says
  const { source: all, length } = await contentOf(shell, file)
  const { head, source } = await peeked(all)
  const known = length === undefined ? {} : { length }
  const kind = (await fileKind(head)) === 'stamp' ? undefined : cmsKind(head)
  if (kind) return { kind, source, ...known }
  if (length !== undefined && length > LONGEST && beginsAsPem(head)) {
    const opened = await peeked(unwrapped(source))
    return { kind: cmsKind(opened.head) ?? 'signed', source: opened.source, ...known }
  }
  return collect(source, file, LONGEST, length)
}

const isFile = (file: string): Promise<boolean> =>
  stat(file).then(
    (found) => found.isFile(),
    () => false,
  )

const read = new WeakSet<Outside>()
// The revocation list of a large authority, as PEM.
const LONGEST = 64 * 1024 * 1024
