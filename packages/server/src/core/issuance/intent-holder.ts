import { nameKey } from '@scel/contract/letters'
import { nameValue, parseTbsCertificate } from '@scel/pki/x509'
import type { Holder } from '../keys/holder.ts'
import type { Intent } from './intent.ts'

/** Whose the key of a certificate is that is about to be signed. */
export function holderOfIntent({ purpose, organisation, tbs }: Intent): Holder {
  if (purpose.kind === 'person') return { kind: 'person', person: purpose.person }
  if (purpose.kind !== 'request') return { kind: 'desk' }
  const commonName = nameValue(parseTbsCertificate(tbs).subject, 'commonName') ?? ''
  return {
    kind: 'machine',
    organisation: organisation ?? '',
    subjectKey: nameKey(commonName),
    applicant: purpose.applicant,
  }
}
