// Just enough of ZIP (APPNOTE 6.3) to read the archives of test vectors: one disk, no encryption, stored or deflated.

import { inflateRawSync } from 'node:zlib'

/** The files of an archive by name. @throws Error when it is no such archive */
export function unzip(archive: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  const end = view.byteLength - 22 // of the last record, which has no comment here
  if (view.getUint32(end, true) !== 0x06054b50) throw new Error('no end of central directory')
  const files = new Map<string, Uint8Array>()
  let entry = view.getUint32(end + 16, true)
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (view.getUint32(entry, true) !== 0x02014b50) throw new Error('no central directory entry')
    const [method, packed, size] = [
      view.getUint16(entry + 10, true),
      view.getUint32(entry + 20, true),
      view.getUint32(entry + 24, true),
    ]
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((at) => view.getUint16(entry + at, true))
    const name = new TextDecoder().decode(archive.subarray(entry + 46, entry + 46 + nameLength!))
    const local = view.getUint32(entry + 42, true)
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
    const content = archive.subarray(start, start + packed)
    const plain = method === 8 ? new Uint8Array(inflateRawSync(content)) : content
    if (plain.length !== size) throw new Error(`${name}: ${plain.length} bytes instead of ${size}`)
    if (!name.endsWith('/')) files.set(name, plain)
    entry += 46 + nameLength! + extraLength! + commentLength!
  }
  return files
}
