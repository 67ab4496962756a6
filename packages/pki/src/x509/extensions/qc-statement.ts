// Statements of qualified certificates: RFC 3739 §3.2.6 and, for the European Union, ETSI EN 319 412-5. One row each.

import type { DerReader } from '../../asn1/index.ts'
import { integer, oid, sequence, string, TAG } from '../../asn1/index.ts'
import type { GeneralName } from '../general-name/general-name.ts'
import { readGeneralNames, writeGeneralName } from '../general-name/general-name.ts'

/** What the issuer of a qualified certificate states. Clauses are those of ETSI EN 319 412-5. */
export type QcStatement =
  /** Issued as qualified under the law named by `legislation`, or else of the Union (§4.2.1). */
  | { readonly kind: 'compliance' }
  /** Transactions up to `amount` × 10 ^ `exponent` of a currency, three letters or a number of ISO 4217 (§4.3.2). */
  | {
      readonly kind: 'limitValue'
      readonly currency: string | number
      readonly amount: bigint
      readonly exponent: number
    }
  /** Years that the issuer keeps what it knows after the certificate's end (§4.3.3). */
  | { readonly kind: 'retentionPeriod'; readonly years: number }
  /** The private key lives in a qualified device (§4.2.2). */
  | { readonly kind: 'sscd' }
  /** Disclosure statements, each in a language of two letters (§4.3.4). */
  | { readonly kind: 'pds'; readonly locations: readonly { readonly url: string; readonly language: string }[] }
  /** What it is for (§4.2.3): one of the words, or a dotted identifier. */
  | { readonly kind: 'type'; readonly types: readonly string[] }
  /** Countries of two letters whose law makes it qualified (§4.2.4). */
  | { readonly kind: 'legislation'; readonly countries: readonly string[] }
  /** How names in the subject are to be understood (RFC 3739 §3.2.6.1). */
  | {
      readonly kind: 'semantics'
      readonly syntax: 1 | 2
      readonly identifier?: string
      readonly registrationAuthorities?: readonly GeneralName[]
    }
  /** `info` is an element, DER. */
  | { readonly kind: 'other'; readonly oid: string; readonly info?: Uint8Array }

export type QcKind = Exclude<QcStatement['kind'], 'other'>
type Statement<K extends QcStatement['kind']> = Extract<QcStatement, { kind: K }>

/** Words for the identifiers of `type`. */
export const QC_TYPES: Readonly<Record<string, string>> = Object.freeze({
  esign: '0.4.0.1862.1.6.1',
  eseal: '0.4.0.1862.1.6.2',
  web: '0.4.0.1862.1.6.3',
})
const typeNames = new Map(Object.entries(QC_TYPES).map(([name, dotted]) => [dotted, name]))

interface Row<K extends QcKind> {
  readonly oid: string
  readonly read: (info: DerReader) => Statement<K>
  readonly write: (statement: Statement<K>) => readonly Uint8Array[]
}

/** Semantics have two identifiers; the row has the second, which is the one in use. */
export const QC_STATEMENTS: { readonly [K in QcKind]: Row<K> } = {
  compliance: { oid: '0.4.0.1862.1.1', read: () => ({ kind: 'compliance' }), write: () => [] },
  limitValue: { oid: '0.4.0.1862.1.2', read: readLimit, write: writeLimit },
  retentionPeriod: {
    oid: '0.4.0.1862.1.3',
    read: (info) => ({ kind: 'retentionPeriod', years: info.smallInteger() }),
    write: ({ years }) => [integer(years)],
  },
  sscd: { oid: '0.4.0.1862.1.4', read: () => ({ kind: 'sscd' }), write: () => [] },
  pds: {
    oid: '0.4.0.1862.1.5',
    read: (info) => ({
      kind: 'pds',
      locations: Object.freeze(
        info.sequenceOf((item) =>
          item.sequence((one) => Object.freeze({ url: text(one, TAG.ia5String), language: letters(one, 2) })),
        ),
      ),
    }),
    write: ({ locations }) => [
      sequence(
        locations.map(({ url, language }) => sequence(string('IA5String', url), string('PrintableString', language))),
      ),
    ],
  },
  type: {
    oid: '0.4.0.1862.1.6',
    read: (info) => ({
      kind: 'type',
      types: Object.freeze(info.sequenceOf((one) => one.oid()).map((dotted) => typeNames.get(dotted) ?? dotted)),
    }),
    write: ({ types }) => [sequence(types.map((type) => oid(Object.hasOwn(QC_TYPES, type) ? QC_TYPES[type]! : type)))],
  },
  legislation: {
    oid: '0.4.0.1862.1.7',
    read: (info) => ({
      kind: 'legislation',
      countries: Object.freeze(info.sequenceOf((one) => letters(one, 2))),
    }),
    write: ({ countries }) => [sequence(countries.map((country) => string('PrintableString', country)))],
  },
  semantics: { oid: '1.3.6.1.5.5.7.11.2', read: readSemantics, write: writeSemantics },
}
function readLimit(info: DerReader): Statement<'limitValue'> {
  return info.sequence((value) => {
    const currency = value.tag === TAG.integer ? value.smallInteger(999) : letters(value, 3)
    const amount = value.integer()
    const exponent = Number(value.integer())
    if (Math.abs(exponent) > LARGEST_EXPONENT) value.malformed()
    return { kind: 'limitValue', currency, amount, exponent }
  })
}

function writeLimit({ currency, amount, exponent }: Statement<'limitValue'>): Uint8Array[] {
  const unit = typeof currency === 'number' ? integer(currency) : string('PrintableString', currency)
  return [sequence(unit, integer(amount), integer(exponent))]
}

export function readSemantics(fields: DerReader): Statement<'semantics'> {
  if (fields.done) return { kind: 'semantics', syntax: 2 }
  return fields.sequence((info) => {
    const identifier = info.optional(TAG.oid, (one) => one.oid())
    const names = info.optional(TAG.sequence, (list) => Object.freeze(readGeneralNames(list)))
    return {
      kind: 'semantics',
      syntax: 2,
      ...(identifier === undefined ? {} : { identifier }),
      ...(names ? { registrationAuthorities: names } : {}),
    }
  })
}

function writeSemantics({ identifier, registrationAuthorities }: Statement<'semantics'>): Uint8Array[] {
  if (identifier === undefined && !registrationAuthorities) return []
  const names = registrationAuthorities ? [sequence(registrationAuthorities.map(writeGeneralName))] : []
  return [sequence(identifier === undefined ? [] : [oid(identifier)], names)]
}

function text(reader: DerReader, tag: number): string {
  return reader.tag === tag ? reader.string().text : reader.malformed()
}

function letters(reader: DerReader, count: number): string {
  const word = text(reader, TAG.printableString)
  return word.length === count ? word : reader.malformed()
}

// A sum of money is a few digits; the bound keeps the exponent a number.
const LARGEST_EXPONENT = 1_000
