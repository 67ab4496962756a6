import { equal, utf8 } from '@scel/pki/bytes'

/** The comment by which `scel open` knows a zip that sealing made, and makes folders of it again. The command's own. */
export const MARK: Uint8Array = utf8('scel sealed folder 1')

/** Whether a file ends as those that sealing makes: the comment stands at the end of the last record (APPNOTE 4.3.16). */
export async function isOurZip(file: Blob): Promise<boolean> {
  const end = new Uint8Array(await file.slice(-RECORD - MARK.length).arrayBuffer())
  return (
    end.length === RECORD + MARK.length && equal(end.subarray(0, 4), SIGNATURE) && equal(end.subarray(RECORD), MARK)
  )
}

const RECORD = 22
const SIGNATURE = Uint8Array.of(0x50, 0x4b, 5, 6)
