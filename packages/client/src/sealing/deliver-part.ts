import { dirname } from 'node:path'
import type { Outside } from '../outside.ts'
import { sweep } from '../state/sweep.ts'
import { stop } from '../ui/cli-error.ts'
import { partFile } from './part.ts'

/**
 * Writes what comes to its file, which gets its name when all of it is there, or to standard output (`-`). What comes is nobody else's any more.
 * Answers how much it was.
 * @throws what `source` throws, interrupted, file_exists, file_unwritable, disk_full
 */
export async function deliverPart(
  outside: Outside,
  source: AsyncIterable<Uint8Array>,
  target: string,
  force: boolean,
): Promise<number> {
  let size = 0
  if (target === '-') {
    for await (const bytes of source) {
      await outside.write(bytes)
      size += bytes.length
    }
    return size
  }
  await sweep(dirname(target), outside.now())
  const part = await partFile(target, force, outside.atExit)
  try {
    for await (const bytes of source) {
      size += bytes.length
      await part.give(bytes)
    }
    if (outside.signal.aborted) stop('interrupted')
    await part.commit()
    return size
  } finally {
    await part.discard()
  }
}
