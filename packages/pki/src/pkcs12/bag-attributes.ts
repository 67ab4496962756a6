// Attributes of a safe bag (RFC 7292 §4.2): the name people see, the mark that joins key and certificate, Java's trust.

import type { DerReader } from '../asn1/index.ts'
import { contentOf, decodeString, octetString, oid, sequence, setOf, string, stringTypeOf, TAG } from '../asn1/index.ts'
import { fail, isPkiError } from '../errors/index.ts'
import { FRIENDLY_NAME, JDK_TRUSTED, LOCAL_KEY_ID } from './oids.ts'

export interface BagAttributes {
  readonly friendlyName?: string
  readonly localKeyId?: Uint8Array
  /** OIDs of the purposes that a Java key store trusts the certificate for. */
  readonly trustedFor?: readonly string[]
}

/** Nothing, or the SET, DER. */
export function writeBagAttributes({ friendlyName, localKeyId, trustedFor }: BagAttributes): Uint8Array[] {
  const attribute = (dotted: string, values: readonly Uint8Array[]): Uint8Array => sequence(oid(dotted), setOf(values))
  const attributes = [
    ...(friendlyName ? [attribute(FRIENDLY_NAME, [string('BMPString', friendlyName)])] : []),
    ...(localKeyId ? [attribute(LOCAL_KEY_ID, [octetString(localKeyId)])] : []),
    ...(trustedFor ? [attribute(JDK_TRUSTED, trustedFor.map(oid))] : []),
  ]
  return attributes.length > 0 ? [setOf(attributes)] : []
}

/** Reads the SET when there is one. Other attributes, such as Microsoft's name of a provider, are read over. */
export function readBagAttributes(fields: DerReader): BagAttributes {
  const found: { -readonly [Key in keyof BagAttributes]: BagAttributes[Key] } = {}
  fields.optional(TAG.set, (outer) =>
    outer.constructed(TAG.set, (set) =>
      set.list((item) =>
        item.sequence((attribute) => {
          const dotted = attribute.oid()
          attribute.constructed(TAG.set, (values) => {
            if (dotted === FRIENDLY_NAME) {
              const name = readName(values)
              if (name) found.friendlyName = name
            } else if (dotted === LOCAL_KEY_ID) found.localKeyId = values.octetString()
            else if (dotted === JDK_TRUSTED) found.trustedFor = Object.freeze(values.list((value) => value.oid()))
            else values.list((value) => value.element())
          })
        }),
      ),
    ),
  )
  return found
}

/**
 * A BMPString; some write another string type, and the name may be empty. Anything else is not taken for one. Windows
 * wrote the terminator of its own strings too. The name is only shown, so that text which cannot be read costs the name and
 * not the key beside it.
 */
function readName(values: DerReader): string | undefined {
  const tag = values.tag ?? 0
  if (stringTypeOf(tag) === undefined) fail('pkcs12_malformed', { what: 'friendlyName' })
  const der = values.element()
  try {
    return decodeString(tag, untilTerminator(tag, contentOf(der)))
  } catch (error) {
    if (isPkiError(error)) return undefined
    throw error
  }
}

/** Without the zeros at its end, as many as one character has octets. */
function untilTerminator(tag: number, content: Uint8Array): Uint8Array {
  const width = tag === TAG.bmpString ? 2 : tag === TAG.universalString ? 4 : 1
  let end = content.length
  while (end >= width && content.subarray(end - width, end).every((octet) => octet === 0)) end -= width
  return content.subarray(0, end)
}
