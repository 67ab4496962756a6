// GeneralName (RFC 5280 §4.2.1.6): the names of alternative-name extensions, distribution points and constraints.

import {
  checkDer,
  contextConstructed,
  contextPrimitive,
  type DerReader,
  decodeString,
  encodeOid,
  encodeString,
  explicit,
  implicit,
  implicitConstructed,
  oid,
  TAG,
} from '../../asn1/index.ts'
import { fail } from '../../errors/index.ts'
import type { Name } from '../name/name.ts'
import { parseName } from '../name/name.ts'
import { formatIpAddress, parseIpAddress } from './ip-address.ts'

/** A name of any kind (RFC 5280 §4.2.1.6). */
export type GeneralName =
  | { readonly kind: 'dNSName'; readonly value: string }
  | { readonly kind: 'rfc822Name'; readonly value: string }
  | { readonly kind: 'uri'; readonly value: string }
  /** Text such as `192.0.2.1` or `2001:db8::1`; in name constraints `address/mask`. */
  | { readonly kind: 'iPAddress'; readonly value: string }
  | { readonly kind: 'directoryName'; readonly name: Name }
  /** `value` is the element inside the [0], DER, kept as it came. */
  | { readonly kind: 'otherName'; readonly oid: string; readonly value: Uint8Array }
  | { readonly kind: 'registeredID'; readonly oid: string }
  /** x400Address and ediPartyName: nobody uses them, so they stay bytes. */
  | { readonly kind: 'unread'; readonly der: Uint8Array }

/** The kinds of a {@link GeneralName}. */
export type GeneralNameKind = GeneralName['kind']

/**
 * Reads a GeneralName, the next element of a reader.
 * @throws der_malformed, string_malformed, name_malformed
 * @example
 * const der = writeGeneralName({ kind: 'dNSName', value: 'www.example.org' })
 * assert.deepEqual(DerReader.whole(der, 'name', readGeneralName), { kind: 'dNSName', value: 'www.example.org' })
 */
export function readGeneralName(reader: DerReader): GeneralName {
  const tag = reader.tag ?? reader.malformed()
  switch (tag) {
    case contextConstructed(0):
      return reader.constructed(tag, (other) => {
        const dotted = other.oid()
        const value = other.explicit(0, (inner) => inner.element())
        checkDer(value, 'otherName')
        return Object.freeze({ kind: 'otherName', oid: dotted, value })
      })
    case contextPrimitive(1):
      return text('rfc822Name', reader.content(tag))
    case contextPrimitive(2):
      return text('dNSName', reader.content(tag))
    case contextPrimitive(6):
      return text('uri', reader.content(tag))
    case contextPrimitive(7):
      return Object.freeze({ kind: 'iPAddress', value: formatIpAddress(reader.content(tag)) })
    case contextConstructed(4):
      // Name is a CHOICE, so its tag is EXPLICIT (X.680 §31.2.7).
      return reader.constructed(tag, (inner) =>
        Object.freeze({ kind: 'directoryName', name: parseName(inner.element()) }),
      )
    case contextPrimitive(8):
      return Object.freeze({ kind: 'registeredID', oid: reader.oid(tag) })
    case contextConstructed(3):
    case contextConstructed(5): {
      const der = reader.element()
      checkDer(der, 'GeneralName')
      return Object.freeze({ kind: 'unread', der })
    }
    default:
      return reader.malformed()
  }
}

/**
 * Reads GeneralNames: a SEQUENCE of at least one, and of no more than a program could want.
 * @throws der_malformed, string_malformed, name_malformed, input_too_large
 * @example
 * const { value } = makeExtension('subjectAltName', [{ kind: 'dNSName', value: 'a.example' }])
 * const names = DerReader.whole(value, 'names', (reader) => readGeneralNames(reader))
 * assert.deepEqual(names, [{ kind: 'dNSName', value: 'a.example' }])
 */
export function readGeneralNames(reader: DerReader, tag: number = TAG.sequence): GeneralName[] {
  const names = reader.constructed(tag, (inner) => inner.list(readGeneralName))
  if (names.length === 0) fail('name_malformed', { what: 'GeneralNames' })
  return names.length <= MOST_NAMES ? names : fail('input_too_large', { what: 'GeneralNames', limit: MOST_NAMES })
}

/**
 * One GeneralName, DER.
 * @throws string_malformed, name_malformed, oid_malformed
 * @example
 * assert.equal(toHex(writeGeneralName({ kind: 'iPAddress', value: '192.0.2.1' })), '8704c0000201')
 */
export function writeGeneralName(name: GeneralName): Uint8Array {
  switch (name.kind) {
    case 'rfc822Name':
      return implicit(1, encodeString('IA5String', name.value))
    case 'dNSName':
      return implicit(2, encodeString('IA5String', name.value))
    case 'uri':
      return implicit(6, encodeString('IA5String', name.value))
    case 'iPAddress':
      return implicit(7, parseIpAddress(name.value))
    case 'directoryName':
      return explicit(4, name.name.der)
    case 'otherName':
      return implicitConstructed(0, oid(name.oid), explicit(0, name.value))
    case 'registeredID':
      return implicit(8, encodeOid(name.oid))
    case 'unread':
      return name.der
  }
}

function text(kind: 'rfc822Name' | 'dNSName' | 'uri', content: Uint8Array): GeneralName {
  return Object.freeze({ kind, value: decodeString(TAG.ia5String, content) })
}

const MOST_NAMES = 10_000
