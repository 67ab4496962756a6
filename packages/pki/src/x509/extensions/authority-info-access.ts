import { DerReader, oid, sequence } from '../../asn1/index.ts'
import type { GeneralName } from '../general-name.ts'
import { readGeneralName, writeGeneralName } from '../general-name.ts'
import type { ExtensionCodec } from './extension.ts'

/** RFC 5280 §4.2.2.1. `method` is `ocsp`, `caIssuers` or a dotted identifier. */
export interface AccessDescription {
  readonly method: string
  readonly location: GeneralName
}

const METHODS = new Map([
  ['ocsp', '1.3.6.1.5.5.7.48.1'],
  ['caIssuers', '1.3.6.1.5.5.7.48.2'],
])
const names = new Map([...METHODS].map(([name, dotted]) => [dotted, name]))

export const authorityInfoAccess: ExtensionCodec<readonly AccessDescription[]> = {
  oid: '1.3.6.1.5.5.7.1.1',
  critical: () => false,
  parse: (der) =>
    DerReader.whole(der, 'authorityInfoAccess', (reader) => {
      const all = reader.sequenceOf((item) =>
        item.sequence((fields) => {
          const dotted = fields.oid()
          return Object.freeze({ method: names.get(dotted) ?? dotted, location: readGeneralName(fields) })
        }),
      )
      if (all.length === 0) reader.malformed()
      return Object.freeze(all)
    }),
  write: (all) =>
    sequence(
      ...all.map(({ method, location }) => sequence(oid(METHODS.get(method) ?? method), writeGeneralName(location))),
    ),
}
