import type { FileHandle } from 'node:fs/promises'

/** The comment by which `scel open` knows an archive that sealing made, and takes it apart. */
export const MARK: Uint8Array = new TextEncoder().encode('scel sealed folder 1')

/** Whether the file ends as the archives end that `zipOf` makes. */
export async function isOurZip(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat()
  // end of central directory record, APPNOTE 4.3.16: 22 bytes, the last two the length of the comment that follows
  const wanted = 22 + MARK.length
  if (size < wanted) return false
  const end = Buffer.alloc(wanted)
  await handle.read(end, 0, wanted, size - wanted)
  return end.readUInt32LE(0) === 0x06054b50 && end.readUInt16LE(20) === MARK.length && end.subarray(22).equals(MARK)
}
