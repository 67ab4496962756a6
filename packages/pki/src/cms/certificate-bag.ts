// Certificates and revocation lists in a file, .p7b or .p7c: SignedData that nobody signed (RFC 5652 §5.1, RFC 8551 §3.8).

import {
  contextConstructed,
  DerReader,
  derOfBer,
  explicit,
  implicitConstructed,
  integer,
  oid,
  sequence,
  setOf,
  TAG,
} from '../asn1/index.ts'
import { fail } from '../errors/index.ts'
import { parseCertificate, parseCrl } from '../x509/index.ts'
import { DATA, SIGNED_DATA } from './oids.ts'

/** What a bag holds. Nothing in it is trusted because it is there. */
export interface CertificateBag {
  /** DER each, in the order of the file. */
  readonly certificates: readonly Uint8Array[]
  /** Revocation lists, DER each. */
  readonly crls: readonly Uint8Array[]
}

/**
 * Reads a bag in DER or BER. Signed messages are read too, for the certificates in them; the signature is not looked
 * at, and nothing in a bag is trusted because it is there. Attribute certificates and other kinds are read over.
 * @throws cms_malformed for other content, or a certificate that is not DER; der_malformed, der_too_deep,
 *   input_too_large
 * @example
 * const bag = buildCertificateBag({ certificates: [sample.person.certificate.der, sample.issuing.certificate.der] })
 * const [first] = readCertificateBag(bag).certificates
 * assert.deepEqual(first, sample.person.certificate.der)
 */
export function readCertificateBag(ber: Uint8Array): CertificateBag {
  const der = derOfBer(ber, 'ContentInfo')
  const bag = DerReader.whole(der, 'ContentInfo', readContentInfo, { maxBytes: MAX_BYTES })
  checkVerbatim(ber, bag.certificates)
  checkVerbatim(ber, bag.crls)
  return Object.freeze({ certificates: Object.freeze(bag.certificates), crls: Object.freeze(bag.crls) })
}

/**
 * Writes a bag. The certificates stay in the order given, since programs take the first for the holder's; DER would sort
 * them, and CMS does not ask for DER here.
 * @throws certificate_malformed, crl_malformed, der_malformed
 * @example
 * const bag = buildCertificateBag({ certificates: [], crls: [sample.crl] })
 * assert.deepEqual(readCertificateBag(bag).crls, [sample.crl])
 */
export function buildCertificateBag({ certificates, crls = [] }: Partial<CertificateBag>): Uint8Array {
  for (const one of certificates ?? []) parseCertificate(one)
  for (const one of crls) parseCrl(one)
  const signedData = sequence(
    integer(1),
    setOf(), // digestAlgorithms: nobody signs
    sequence(oid(DATA)),
    certificates?.length ? [implicitConstructed(0, certificates)] : [],
    crls.length > 0 ? [implicitConstructed(1, crls)] : [],
    setOf(), // signerInfos
  )
  return sequence(oid(SIGNED_DATA), explicit(0, signedData))
}

interface Found {
  certificates: Uint8Array[]
  crls: Uint8Array[]
}

const readContentInfo = (reader: DerReader): Found =>
  reader.sequence((info) => {
    if (info.oid() !== SIGNED_DATA) malformed('content type')
    return info.explicit(0, (inner) => inner.sequence(readSignedData))
  })

function readSignedData(fields: DerReader): Found {
  fields.smallInteger(5)
  fields.constructed(TAG.set, (set) => set.list((item) => item.element()))
  fields.sequence((content) => {
    content.oid()
    content.optional(contextConstructed(0), (inner) => inner.element())
  })
  const certificates = readSet(fields, 0)
  const crls = readSet(fields, 1)
  fields.constructed(TAG.set, (set) => set.list((item) => item.element()))
  return { certificates, crls }
}

/** The members of the set that are SEQUENCEs: the others have tags of their own (RFC 5652 §10.2.1, §10.2.2). */
function readSet(fields: DerReader, number: 0 | 1): Uint8Array[] {
  const tag = contextConstructed(number)
  const members = fields.optional(tag, (inner) => inner.constructed(tag, (set) => set.list((item) => item.element())))
  if ((members?.length ?? 0) > MOST_MEMBERS) fail('input_too_large', { what: 'certificate bag', limit: MOST_MEMBERS })
  return (members ?? []).filter((member) => member[0] === TAG.sequence)
}

/**
 * BER around a certificate may be converted, the certificate itself may not: two encodings of one would have two
 * fingerprints. So each must stand in the input as it is, in this order.
 */
function checkVerbatim(input: Uint8Array, members: readonly Uint8Array[]): void {
  let from = 0
  for (const member of members) {
    const at = indexOf(input, member, from)
    if (at < 0) malformed('certificate not in DER')
    from = at + member.length
  }
}

function indexOf(input: Uint8Array, member: Uint8Array, from: number): number {
  for (let at = input.indexOf(member[0]!, from); at >= 0; at = input.indexOf(member[0]!, at + 1)) {
    if (at + member.length > input.length) return -1
    let i = 1
    while (i < member.length && input[at + i] === member[i]) i++
    if (i === member.length) return at
  }
  return -1
}

const malformed = (what: string): never => fail('cms_malformed', { what })
const MAX_BYTES = 16 * 1024 * 1024
// More than any system's trust store.
const MOST_MEMBERS = 10_000
