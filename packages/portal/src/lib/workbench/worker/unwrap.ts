import { unwrap as inside, LONGEST_WRAPPED } from '@scel/files/wrappings'
import { fail } from '@scel/pki/errors'
import type { Work } from '../protocol.ts'

/**
 * What is in the text around a sealed or signed file, under the name of the file.
 * @throws input_too_large, and what `unwrap` of files throws
 */
export async function unwrap({ file, wrapping }: Work['unwrap']['asked']): Promise<File> {
  const limit = LONGEST_WRAPPED[wrapping]
  if (file.size > limit) fail('input_too_large', { what: file.name, limit })
  const bytes = inside(new Uint8Array(await file.arrayBuffer()), wrapping)
  return new File([bytes as Uint8Array<ArrayBuffer>], file.name)
}
