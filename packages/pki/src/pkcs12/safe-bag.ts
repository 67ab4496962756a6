// Safe bags (RFC 7292 §4.2): keys, certificates and revocation lists.

import { DerReader, explicit, octetString, oid, sequence } from '../asn1/index.ts'
import { fail } from '../errors/index.ts'
import type { BagAttributes } from './bag-attributes.ts'
import { readBagAttributes, writeBagAttributes } from './bag-attributes.ts'
import { CERT_BAG, CRL_BAG, SAFE_CONTENTS_BAG, SHROUDED_KEY_BAG, X509_CERTIFICATE, X509_CRL } from './oids.ts'

export interface SafeBag extends BagAttributes {
  readonly type: string
  /** The element inside the [0], DER. */
  readonly value: Uint8Array
}

export const certificateBag = (certificate: Uint8Array, attributes: BagAttributes): Uint8Array =>
  bag(CERT_BAG, sequence(oid(X509_CERTIFICATE), explicit(0, octetString(certificate))), attributes)

/** `encrypted` is EncryptedPrivateKeyInfo. */
export const keyBag = (encrypted: Uint8Array, attributes: BagAttributes): Uint8Array =>
  bag(SHROUDED_KEY_BAG, encrypted, attributes)

/** SafeContents: the bags of one safe, and those of safes within it. */
export function readSafeContents(der: Uint8Array): SafeBag[] {
  const bags = readBags(der, 0)
  return bags.length <= MOST_BAGS ? bags : fail('input_too_large', { what: 'SafeContents', limit: MOST_BAGS })
}

/** The certificate in a CertBag, DER; undefined for the other kind, an SDSI certificate. */
export const certificateOf = (bag_: SafeBag): Uint8Array | undefined => contentOfType(bag_, CERT_BAG, X509_CERTIFICATE)

/** The revocation list in a CRLBag, DER. */
export const crlOf = (bag_: SafeBag): Uint8Array | undefined => contentOfType(bag_, CRL_BAG, X509_CRL)

function contentOfType({ type, value }: SafeBag, bagType: string, contentType: string): Uint8Array | undefined {
  if (type !== bagType) return undefined
  return DerReader.whole(value, 'CertBag', (reader) =>
    reader.sequence((fields) => {
      if (fields.oid() === contentType) return fields.explicit(0, (inner) => inner.octetString())
      fields.element()
      return undefined
    }),
  )
}

const bag = (type: string, value: Uint8Array, attributes: BagAttributes): Uint8Array =>
  sequence(oid(type), explicit(0, value), writeBagAttributes(attributes))

function readBags(der: Uint8Array, depth: number): SafeBag[] {
  if (depth > MAX_DEPTH) fail('der_too_deep', { what: 'SafeContents' })
  const bags = DerReader.whole(der, 'SafeContents', (reader) => reader.sequenceOf((item) => item.sequence(readBag)), {
    maxBytes: MAX_BYTES,
  })
  return bags.flatMap((one) => (one.type === SAFE_CONTENTS_BAG ? readBags(one.value, depth + 1) : [one]))
}

const readBag = (fields: DerReader): SafeBag => ({
  type: fields.oid(),
  value: fields.explicit(0, (inner) => inner.element()),
  ...readBagAttributes(fields),
})

// A trust store holds some hundreds of certificates.
const MOST_BAGS = 2_000
// Nobody was seen to nest them at all.
const MAX_DEPTH = 4
const MAX_BYTES = 16 * 1024 * 1024
