// Sealed and signed files as mail programs and openssl wrap them in text, taken out of it. In memory, as such files are
// made: the library reads 64 MiB of a mail and 96 MiB of PEM, and refuses what is longer.

import type { Wrapping } from '@scel/files/kinds'
import { fromBase64, fromUtf8, pemDecode } from '@scel/pki/bytes'
import { fail } from '@scel/pki/errors'
import { partContent, readMime } from '@scel/pki/smime'
import type { Work } from '../protocol.ts'

/**
 * What is in the text, under the name of the file.
 * @throws pem_malformed, mime_malformed, encoding_malformed, input_too_large
 */
export async function unwrap({ file, wrapping }: Work['unwrap']['asked']): Promise<File> {
  const limit = LONGEST[wrapping]
  if (file.size > limit) fail('input_too_large', { what: file.name, limit })
  const bytes = UNWRAP[wrapping](new Uint8Array(await file.arrayBuffer()))
  return new File([bytes as Uint8Array<ArrayBuffer>], file.name)
}

const UNWRAP: Readonly<Record<Wrapping, (bytes: Uint8Array) => Uint8Array>> = {
  pem: (bytes) => pemDecode(fromUtf8(bytes))[0]!.der,
  base64: (bytes) => fromBase64(fromUtf8(bytes).replace(/\s+/g, '')),
  mail: (bytes) => partContent(readMime(bytes)),
}

const MIB = 1024 * 1024
const LONGEST: Readonly<Record<Wrapping, number>> = { pem: 96 * MIB, base64: 96 * MIB, mail: 64 * MIB }
