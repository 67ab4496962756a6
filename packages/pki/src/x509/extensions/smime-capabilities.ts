import { checkDer, DerReader, oid, sequence } from '../../asn1/index.ts'
import type { ExtensionCodec } from './extension.ts'

/** An algorithm that its owner can receive, the preferred ones first. */
export interface SmimeCapability {
  readonly oid: string
  /** An element, DER; undefined when there are none. */
  readonly parameters?: Uint8Array
}

/** RFC 4262, the list of RFC 8551 §2.5.2 in a certificate. */
export const smimeCapabilities: ExtensionCodec<readonly SmimeCapability[]> = {
  oid: '1.2.840.113549.1.9.15',
  critical: () => false,
  parse: (der) =>
    DerReader.whole(der, 'smimeCapabilities', (reader) =>
      Object.freeze(
        reader.sequenceOf((item) =>
          item.sequence((fields) => {
            const dotted = fields.oid()
            if (fields.done) return Object.freeze({ oid: dotted })
            const parameters = fields.element()
            checkDer(parameters, 'smimeCapabilities')
            return Object.freeze({ oid: dotted, parameters })
          }),
        ),
      ),
    ),
  write: (capabilities) =>
    sequence(capabilities.map((one) => sequence(oid(one.oid), one.parameters ? [one.parameters] : []))),
}
