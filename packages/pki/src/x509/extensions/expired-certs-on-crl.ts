import { DerReader, generalizedTime } from '../../asn1/index.ts'
import type { ExtensionCodec } from './extension.ts'

/** X.509 (ITU-T): the CRL keeps certificates that expired since then, where others drop them. */
export const expiredCertsOnCRL: ExtensionCodec<Date> = {
  oid: '2.5.29.60',
  critical: () => false,
  parse: (der) => DerReader.whole(der, 'expiredCertsOnCRL', (reader) => reader.generalizedTime()),
  write: (date) => generalizedTime(date),
}
