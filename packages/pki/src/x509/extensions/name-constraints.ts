import { contextConstructed, contextPrimitive, DerReader, implicitConstructed, sequence } from '../../asn1/index.ts'
import { fail } from '../../errors/index.ts'
import type { GeneralName } from '../general-name/general-name.ts'
import { readGeneralName, writeGeneralName } from '../general-name/general-name.ts'
import type { ExtensionCodec } from './extension.ts'

/**
 * RFC 5280 §4.2.1.10: bases of subtrees, 2,000 at most. The standard fixes minimum to 0 and has no maximum, so neither
 * is kept.
 */
export interface NameConstraints {
  readonly permitted: readonly GeneralName[]
  readonly excluded: readonly GeneralName[]
}

export const nameConstraints: ExtensionCodec<NameConstraints> = {
  oid: '2.5.29.30',
  critical: () => true,
  parse: (der) =>
    DerReader.whole(der, 'nameConstraints', (reader) =>
      reader.sequence((fields) => {
        if (fields.done) fields.malformed() // an empty sequence is forbidden
        const [permitted, excluded] = [readSubtrees(fields, 0), readSubtrees(fields, 1)]
        if (permitted.length + excluded.length > MOST_SUBTREES) {
          fail('input_too_large', { what: 'nameConstraints', limit: MOST_SUBTREES })
        }
        return Object.freeze({ permitted, excluded })
      }),
    ),
  write: ({ permitted, excluded }) => sequence(writeSubtrees(0, permitted), writeSubtrees(1, excluded)),
}

function readSubtrees(fields: DerReader, number: number): readonly GeneralName[] {
  const tag = contextConstructed(number)
  const bases = fields.optional(tag, (outer) =>
    outer.constructed(tag, (list) =>
      list.list((item) =>
        item.sequence((subtree) => {
          const base = readGeneralName(subtree)
          // minimum [0] is DEFAULT 0, so DER never writes it; maximum [1] MUST be absent.
          if (subtree.tag === contextPrimitive(0) || !subtree.done) subtree.malformed()
          return base
        }),
      ),
    ),
  )
  if (bases?.length === 0) fields.malformed()
  return Object.freeze(bases ?? [])
}

const writeSubtrees = (number: number, bases: readonly GeneralName[]): Uint8Array[] =>
  bases.length === 0
    ? []
    : [
        implicitConstructed(
          number,
          bases.map((base) => sequence(writeGeneralName(base))),
        ),
      ]

// Every name of every certificate below meets those of its kind. Authorities in use have a few, the largest hundreds.
const MOST_SUBTREES = 2_000
