// Safe bags (RFC 7292 §4.2): a key or a certificate, with the attributes that join them.

import { DerReader, explicit, octetString, oid, sequence, setOf, string, TAG } from '../asn1/index.ts'
import { fail } from '../errors/index.ts'
import { CERT_BAG, FRIENDLY_NAME, LOCAL_KEY_ID, SHROUDED_KEY_BAG, X509_CERTIFICATE } from './oids.ts'

export interface SafeBag {
  readonly type: string
  /** The element inside the [0], DER. */
  readonly value: Uint8Array
  readonly friendlyName?: string
  readonly localKeyId?: Uint8Array
}

type BagAttributes = Pick<SafeBag, 'friendlyName' | 'localKeyId'>

export const certificateBag = (certificate: Uint8Array, attributes: BagAttributes): Uint8Array =>
  bag(CERT_BAG, sequence(oid(X509_CERTIFICATE), explicit(0, octetString(certificate))), attributes)

/** `encrypted` is EncryptedPrivateKeyInfo. */
export const keyBag = (encrypted: Uint8Array, attributes: BagAttributes): Uint8Array =>
  bag(SHROUDED_KEY_BAG, encrypted, attributes)

/** SafeContents: the bags of one safe. */
export function readSafeContents(der: Uint8Array): SafeBag[] {
  return DerReader.whole(der, 'SafeContents', (reader) => {
    const bags = reader.sequenceOf((item) => item.sequence(readBag))
    return bags.length <= MOST_BAGS ? bags : fail('input_too_large', { what: 'SafeContents', limit: MOST_BAGS })
  })
}

/** The certificate in a CertBag's value; undefined for the other kind, an SDSI certificate. */
export function certificateOf(value: Uint8Array): Uint8Array | undefined {
  return DerReader.whole(value, 'CertBag', (reader) =>
    reader.sequence((fields) => {
      const type = fields.oid()
      if (type !== X509_CERTIFICATE) {
        fields.element()
        return undefined
      }
      return fields.explicit(0, (inner) => inner.octetString())
    }),
  )
}

function bag(type: string, value: Uint8Array, { friendlyName, localKeyId }: BagAttributes): Uint8Array {
  const attributes = [
    ...(friendlyName ? [sequence(oid(FRIENDLY_NAME), setOf(string('BMPString', friendlyName)))] : []),
    ...(localKeyId ? [sequence(oid(LOCAL_KEY_ID), setOf(octetString(localKeyId)))] : []),
  ]
  return sequence(oid(type), explicit(0, value), ...(attributes.length > 0 ? [setOf(...attributes)] : []))
}

function readBag(fields: DerReader): SafeBag {
  const type = fields.oid()
  const value = fields.explicit(0, (inner) => inner.element())
  let friendlyName: string | undefined
  let localKeyId: Uint8Array | undefined
  fields.optional(TAG.set, (outer) =>
    outer.constructed(TAG.set, (set) => {
      set.list((item) =>
        item.sequence((attribute) => {
          const dotted = attribute.oid()
          attribute.constructed(TAG.set, (values) => {
            // Attributes of other kinds, such as Java's trusted-certificate mark, are read over.
            if (dotted === FRIENDLY_NAME && values.tag === TAG.bmpString) friendlyName = values.string().text
            else if (dotted === LOCAL_KEY_ID && values.tag === TAG.octetString) localKeyId = values.octetString()
            else values.list((value_) => value_.element())
          })
        }),
      )
    }),
  )
  return { type, value, ...(friendlyName ? { friendlyName } : {}), ...(localKeyId ? { localKeyId } : {}) }
}

const MOST_BAGS = 200
