import { equal } from '@scel/pki/bytes'
import { makeExtension, type TbsCertificate } from '@scel/pki/x509'
import { askedName } from '../names/asked-name.ts'

/** Whether a certificate has just these names, compared as they are encoded: one address has many spellings. */
export function hasNames({ extensions }: Pick<TbsCertificate, 'extensions'>, names: readonly string[]): boolean {
  const wanted = makeExtension('subjectAltName', names.map(askedName))
  const found = extensions.find(({ oid }) => oid === wanted.oid)
  return found === undefined ? names.length === 0 : equal(found.value, wanted.value)
}
