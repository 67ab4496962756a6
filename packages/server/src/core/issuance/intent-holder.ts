import { nameKey } from '@scel/contract/letters'
import { nameValue, parseTbsCertificate } from '@scel/pki/x509'
import { type Holder, holderFor } from '../keys/holder.ts'
import { type Intent, ownerOfIntent } from './intent.ts'

/** Whose the key of a certificate is that is about to be signed. */
export function holderOfIntent(intent: Intent): Holder {
  const { organisation, tbs } = intent
  const commonName = nameValue(parseTbsCertificate(tbs).subject, 'commonName') ?? ''
  const subject = { ...(organisation === undefined ? {} : { organisation }), subjectKey: nameKey(commonName) }
  return holderFor(ownerOfIntent(intent), subject)
}
