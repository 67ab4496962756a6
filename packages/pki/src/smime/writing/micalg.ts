import { BerStream, contextConstructed, DerReader, TAG } from '../../asn1/index.ts'
import { oneSource } from './one-source.ts'

/** Names of the digests in SignedData for `micalg` (RFC 8551 §3.5.3.2), a hint for programs that read in one pass. */
export async function digestNames(signature: Uint8Array): Promise<string[]> {
  const stream = new BerStream(oneSource(signature), 'SignedData')
  await stream.enter(TAG.sequence)
  await stream.element(SMALL)
  await stream.enter(contextConstructed(0))
  await stream.enter(TAG.sequence)
  await stream.element(SMALL)
  await stream.enter(TAG.set)
  const names: string[] = []
  while ((await stream.peek()) !== undefined) {
    const identifier = await stream.element(SMALL)
    const oid = DerReader.whole(identifier, 'SignedData', (reader) => {
      const outer = reader.enter(TAG.sequence)
      const found = reader.oid()
      while (!reader.done) reader.element()
      reader.leave(outer)
      return found
    })
    names.push(NAMES[oid] ?? 'unknown')
  }
  await stream.close()
  return names
}

const NAMES: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha-256',
  '2.16.840.1.101.3.4.2.2': 'sha-384',
  '2.16.840.1.101.3.4.2.3': 'sha-512',
}
const SMALL = 4096
