// Distinguished names (RFC 5280 §4.1.2.4). A name keeps the bytes it came in: issuer and subject are compared and
// written again from those, never from a second encoding.

import {
  contentStart,
  DerReader,
  decodeStringAt,
  oid,
  sequence,
  setOf,
  string,
  stringTypeOf,
  TAG,
} from '../../asn1/index.ts'
import { equal } from '../../bytes/index.ts'
import { fail, isPkiError } from '../../errors/index.ts'
import type { AttributeType } from './attribute-type.ts'
import { attributeByOid, attributeByType } from './attribute-type.ts'

/** One attribute of a name, such as commonName and its text. */
export interface NameAttribute {
  /** Undefined for a type that this library has no row for. */
  readonly type?: AttributeType
  readonly oid: string
  /** The text; undefined when the value is not a character string. */
  readonly value?: string
  /** The value's element, DER. */
  readonly valueDer: Uint8Array
}

/** One step of a name: usually one attribute. */
export type RelativeName = readonly NameAttribute[]

/** A distinguished name: its bytes, and what they say. */
export interface Name {
  readonly der: Uint8Array
  /** From the most significant (country) to the least (common name), as encoded. */
  readonly rdns: readonly RelativeName[]
}

/** An attribute to be written: of a type that has a row, or of any other as UTF8String. */
export type NameInput =
  | { readonly type: AttributeType; readonly value: string }
  | { readonly oid: string; readonly value: string }

/** An attribute whose value is written as it is given: an element, DER. */
export type RawNameInput = Pick<NameAttribute, 'oid' | 'valueDer'>

/** One step: an attribute, or several that stand together. */
export type NameStep = NameInput | RawNameInput | readonly (NameInput | RawNameInput)[]

/**
 * Reads a Name.
 * @throws name_malformed, der_malformed, oid_malformed
 * @example
 * const name = parseName(sample.person.certificate.subject.der)
 * assert.equal(name.rdns.length, 3)
 */
export function parseName(der: Uint8Array): Name {
  const rdns = DerReader.whole(der, 'Name', readRelativeNames)
  if (rdns.length > MOST_RDNS) fail('name_malformed', { what: 'too many RDNs' })
  return Object.freeze({ der, rdns: Object.freeze(rdns) })
}

/**
 * Makes a name of the steps given: most significant first, as RFC 5280 has it.
 * @throws name_malformed on an empty value or step, string_malformed on a value that its string type cannot hold
 * @example
 * const name = buildName([{ type: 'countryName', value: 'FR' }, { type: 'commonName', value: 'Ana' }])
 * assert.equal(formatName(name, 'rfc4514'), 'CN=Ana,C=FR')
 */
export function buildName(steps: readonly NameStep[]): Name {
  return parseName(sequence(steps.map((step) => setOf((isList(step) ? step : [step]).map(writeAttribute)))))
}

/**
 * The first value of a type, from the most significant step on; undefined when the name has none.
 * @example
 * assert.equal(nameValue(sample.person.certificate.subject, 'organizationName'), 'Scel')
 */
export function nameValue(name: Name, type: AttributeType): string | undefined {
  return nameValues(name, type)[0]
}

/**
 * All values of a type, in order.
 * @example
 * assert.deepEqual(nameValues(sample.person.certificate.subject, 'commonName'), ['Ana'])
 */
export function nameValues(name: Name, type: AttributeType): string[] {
  return name.rdns.flatMap((rdn) =>
    rdn.flatMap((attribute) => (attribute.type === type && attribute.value !== undefined ? [attribute.value] : [])),
  )
}

/**
 * Whether two names are the same (RFC 5280 §7.1): steps in order, attributes of a step in any order, text without
 * regard to case, to runs of white space, and to the string type it was written in.
 * @example
 * const shouted = buildName([{ type: 'commonName', value: 'ANA' }])
 * const spaced = buildName([{ type: 'commonName', value: ' ana  ' }])
 * assert.equal(sameName(shouted, spaced), true)
 */
export function sameName(a: Name, b: Name): boolean {
  if (equal(a.der, b.der)) return true
  return a.rdns.length === b.rdns.length && a.rdns.every((rdn, index) => sameRelativeName(rdn, b.rdns[index]!))
}

/**
 * Whether `name` lies in the subtree that begins with `base`: matched from the front, never in the middle.
 * @example
 * const base = buildName([{ type: 'countryName', value: 'fr' }])
 * assert.equal(isWithin(sample.person.certificate.subject, base), true)
 */
export function isWithin(name: Name, base: Name): boolean {
  return base.rdns.length <= name.rdns.length && base.rdns.every((rdn, i) => sameRelativeName(rdn, name.rdns[i]!))
}

function sameRelativeName(a: RelativeName, b: RelativeName): boolean {
  if (a.length !== b.length || a.length > MOST_ATTRIBUTES) return false
  // Nearly every step has one attribute, and in most names of one authority it has the same octets.
  if (a.length === 1) return sameAttribute(a[0]!, b[0]!, prepared)
  // Each text is prepared once, although each may be compared with each.
  const known = new Map<string, string>()
  const once = (text: string): string => {
    const made = known.get(text) ?? prepared(text)
    known.set(text, made)
    return made
  }
  const rest = [...b]
  for (const attribute of a) {
    const found = rest.findIndex((other) => sameAttribute(attribute, other, once))
    if (found < 0) return false
    rest.splice(found, 1)
  }
  return true
}

function sameAttribute(a: NameAttribute, b: NameAttribute, prepare: (text: string) => string): boolean {
  if (a.oid !== b.oid) return false
  if (equal(a.valueDer, b.valueDer)) return true
  return a.value !== undefined && b.value !== undefined && prepare(a.value) === prepare(b.value)
}

/** String preparation as RFC 4518 §2 has it, as far as names in use need: compatibility form, case, white space. */
const prepared = (text: string): string => composed(text).toLowerCase().replace(/\s+/gu, ' ').trim()

/**
 * To compose, marks that follow one letter are sorted, at a cost that grows with the square of their number: a few
 * kilobytes of them cost seconds. Text of no language has more than 30 (UAX #15 §12); such text is compared as it stands.
 */
const composed = (text: string): string => (TOO_MANY_MARKS.test(text) ? text : text.normalize('NFKC'))
// The halfwidth sound marks are letters, and become marks.
const TOO_MANY_MARKS = /[\p{M}\uff9e\uff9f]{31}/u

function writeAttribute(attribute: NameInput | RawNameInput): Uint8Array {
  if ('valueDer' in attribute) return sequence(oid(attribute.oid), attribute.valueDer)
  if (attribute.value === '') fail('name_malformed', { what: 'empty value' })
  const row = 'type' in attribute ? attributeByType(attribute.type) : attributeByOid(attribute.oid)
  const dotted = 'type' in attribute ? attributeByType(attribute.type).oid : attribute.oid
  return sequence(oid(dotted), string(row?.string ?? 'UTF8String', attribute.value))
}

// Array.isArray does not narrow a readonly array away.
const isList = (step: NameStep): step is readonly (NameInput | RawNameInput)[] => Array.isArray(step)

function readRelativeNames(reader: DerReader): RelativeName[] {
  return reader.sequenceOf((rdn) => {
    const attributes = rdn.setOf(readAttribute)
    // SET SIZE (1..MAX): RFC 5280 appendix A.1
    return attributes.length > 0 ? Object.freeze(attributes) : fail('name_malformed', { what: 'empty RDN' })
  })
}

function readAttribute(reader: DerReader): NameAttribute {
  const outer = reader.enter(TAG.sequence)
  const dotted = reader.oid()
  const tag = reader.tag ?? reader.malformed()
  const valueDer = reader.element()
  reader.leave(outer)
  const value = stringTypeOf(tag) ? textOf(tag, valueDer) : undefined
  const type = attributeByOid(dotted)?.type
  if (type === undefined)
    return Object.freeze(value === undefined ? { oid: dotted, valueDer } : { oid: dotted, valueDer, value })
  return Object.freeze(value === undefined ? { type, oid: dotted, valueDer } : { type, oid: dotted, valueDer, value })
}

function textOf(tag: number, der: Uint8Array): string {
  try {
    return decodeStringAt(tag, der, contentStart(der), der.length)
  } catch (error) {
    if (isPkiError(error)) return fail('name_malformed', { what: 'string' }, error)
    throw error
  }
}

// Bounds for comparison work; names in use have a dozen steps and seldom two attributes in one.
const MOST_RDNS = 64
const MOST_ATTRIBUTES = 32
