import { equal, utf8 } from '@scel/pki/bytes'
import type { RandomAccess } from './random-access.ts'

/** The comment by which an archive that sealing made is known, and taken apart again. */
export const MARK: Uint8Array = utf8('scel sealed folder 1')

/** Whether something ends as the archives do that sealing makes: the comment is the end of the last record (APPNOTE 4.3.16). */
export async function isOurZip(source: RandomAccess): Promise<boolean> {
  const wanted = RECORD + MARK.length
  if (source.size < wanted) return false
  const end = await source.read(source.size - wanted, wanted)
  const comment = end.subarray(RECORD)
  const length = end[RECORD - 2]! | (end[RECORD - 1]! << 8)
  return equal(end.subarray(0, 4), SIGNATURE) && length === MARK.length && equal(comment, MARK)
}

const RECORD = 22
const SIGNATURE = Uint8Array.of(0x50, 0x4b, 5, 6)
