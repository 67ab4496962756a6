// Where more is to be had: from the issuer (RFC 5280 §4.2.2.1) or from the subject (§4.2.2.2).

import { DerReader, oid, sequence } from '../../asn1/index.ts'
import type { GeneralName } from '../general-name/general-name.ts'
import { readGeneralName, writeGeneralName } from '../general-name/general-name.ts'
import type { ExtensionCodec } from './extension.ts'

/** `method` is `ocsp`, `caIssuers`, `timeStamping`, `caRepository` or a dotted identifier. */
export interface AccessDescription {
  readonly method: string
  readonly location: GeneralName
}

const METHODS = new Map([
  ['ocsp', '1.3.6.1.5.5.7.48.1'],
  ['caIssuers', '1.3.6.1.5.5.7.48.2'],
  ['timeStamping', '1.3.6.1.5.5.7.48.3'],
  ['caRepository', '1.3.6.1.5.5.7.48.5'],
])
const names = new Map([...METHODS].map(([name, dotted]) => [dotted, name]))

const infoAccess = (dotted: string, what: string): ExtensionCodec<readonly AccessDescription[]> => ({
  oid: dotted,
  critical: () => false,
  parse: (der) =>
    DerReader.whole(der, what, (reader) => {
      const all = reader.sequenceOf((item) =>
        item.sequence((fields) => {
          const method = fields.oid()
          return Object.freeze({ method: names.get(method) ?? method, location: readGeneralName(fields) })
        }),
      )
      if (all.length === 0) reader.malformed()
      return Object.freeze(all)
    }),
  write: (all) =>
    sequence(
      all.map(({ method, location }) => sequence(oid(METHODS.get(method) ?? method), writeGeneralName(location))),
    ),
})

/** RFC 5280 §4.2.2.1 */
export const authorityInfoAccess: ExtensionCodec<readonly AccessDescription[]> = infoAccess(
  '1.3.6.1.5.5.7.1.1',
  'authorityInfoAccess',
)
/** RFC 5280 §4.2.2.2 */
export const subjectInfoAccess: ExtensionCodec<readonly AccessDescription[]> = infoAccess(
  '1.3.6.1.5.5.7.1.11',
  'subjectInfoAccess',
)
