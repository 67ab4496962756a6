// KeyAgreeRecipientInfo (RFC 5652 §6.2.2) with an ephemeral key of the sender: ECDH on the NIST curves (RFC 5753 §3.1),
// X25519 and X448 (RFC 8418). What both sides agree on becomes a key that wraps the key of the content.

import type { CurveName, KeyAgreementAlgorithm, KeySpec, KeyWrapAlgorithm } from '../../algorithms/index.ts'
import { KEY_AGREEMENTS, KEY_WRAPS, keyAgreementByOid } from '../../algorithms/index.ts'
import {
  bitString,
  contextConstructed,
  DerReader,
  explicit,
  implicitConstructed,
  integer,
  octetString,
  oid,
  sequence,
} from '../../asn1/index.ts'
import { concat, equal } from '../../bytes/index.ts'
import type { Key } from '../../crypto/index.ts'
import { agree, generateKeyPair, hkdf, unwrapKey, wrapKey, x963Kdf } from '../../crypto/index.ts'
import { fail } from '../../errors/index.ts'
import { oidOf } from '../algorithm-identifier.ts'
import type { CertificateIdentifier } from '../certificate-identifier.ts'
import { readIssuerAndSerial, writeIdentifier } from '../certificate-identifier.ts'
import type { CertificateRecipient } from '../seal-options.ts'
import type { FoundRecipient } from './found.ts'
import { alike, identifierFacts } from './found.ts'
import { readWrap } from './key-wrap.ts'

/** All who share one KeyAgreeRecipientInfo. */
export function readKeyAgreement(der: Uint8Array): FoundRecipient[] {
  const { originator, ukm, algorithm, keys } = DerReader.whole(der, 'KeyAgreeRecipientInfo', (reader) =>
    reader.constructed(contextConstructed(1), (fields) => {
      if (fields.smallInteger(3) !== 3) fields.malformed()
      return {
        originator: fields.explicit(0, readOriginator),
        ukm: fields.optional(contextConstructed(1), (inner) => inner.explicit(1, (value) => value.octetString())),
        algorithm: fields.element(),
        keys: fields.sequenceOf(readEncryptedKey),
      }
    }),
  )
  const dotted = oidOf(algorithm)
  const name = KEY_AGREEMENTS.find((row) => row.oid === dotted)?.name ?? dotted
  return keys.map(({ named, encrypted }) => {
    const facts = Object.freeze({ kind: 'key-agreement', algorithm: name, ...identifierFacts(named) } as const)
    // A key of the sender that stays the same would have to be looked for; nobody writes that any more.
    if (!originator) return { facts, by: 'nothing' }
    const contentKey = async (key: Key): Promise<Uint8Array> => {
      const { scheme, wrap, wrapIdentifier } = readScheme(algorithm)
      const kek = await derive(scheme, agree(key, originator.spkiFor(key)), { wrap, wrapIdentifier, ukm })
      return unwrapKey(wrap, kek, encrypted)
    }
    return { facts, by: 'private-key', named, contentKey: (key) => alike(contentKey(key)) }
  })
}

export async function writeKeyAgreement(recipient: CertificateRecipient, contentKey: Uint8Array): Promise<Uint8Array> {
  const { certificate } = recipient
  const { spki, curve, kind } = certificate.publicKey
  const [spec, scheme] = curve ? ON_CURVES[curve] : kind === 'x448' ? WITH_X448 : WITH_X25519
  const wrap = KEY_WRAPS.at(-1)!
  const wrapIdentifier = sequence(oid(wrap.oid))
  const ephemeral = await generateKeyPair(spec)
  const kek = await derive(scheme, agree(ephemeral.privateKey, spki), { wrap, wrapIdentifier, ukm: undefined })
  const { keyBits } = readKey(ephemeral.publicKey)
  const { oid: keyOid } = certificate.publicKey
  return implicitConstructed(
    1,
    integer(3),
    explicit(0, implicitConstructed(1, sequence(oid(keyOid)), bitString(keyBits))),
    sequence(oid(scheme.oid), wrapIdentifier),
    sequence(sequence(writeIdentifier(certificate), octetString(await wrapKey(wrap, kek, contentKey)))),
  )
}

interface Wrapping {
  readonly wrap: KeyWrapAlgorithm
  /** As it stands in the message. */
  readonly wrapIdentifier: Uint8Array
  readonly ukm: Uint8Array | undefined
}

/** RFC 5753 §7.2, RFC 8418 §2: ECC-CMS-SharedInfo binds what the key is for. */
async function derive(
  { kdf, digest }: KeyAgreementAlgorithm,
  agreed: Promise<Uint8Array>,
  { wrap, wrapIdentifier, ukm }: Wrapping,
): Promise<Uint8Array> {
  const bits = Uint8Array.of(0, 0, (wrap.keyLength * 8) >> 8, (wrap.keyLength * 8) & 0xff)
  const shared = sequence(wrapIdentifier, ukm ? [explicit(0, octetString(ukm))] : [], explicit(2, octetString(bits)))
  const secret = await agreed
  return kdf === 'X9.63'
    ? x963Kdf(digest, secret, shared, wrap.keyLength)
    : hkdf(digest, secret, ukm ?? new Uint8Array(0), shared, wrap.keyLength)
}

/** The parameters are the AlgorithmIdentifier of the wrap. OpenSSL CVE-2026-28389 relied on some that were not there. */
const readScheme = (algorithm: Uint8Array): Omit<Wrapping, 'ukm'> & { scheme: KeyAgreementAlgorithm } =>
  DerReader.whole(algorithm, 'key agreement', (reader) =>
    reader.sequence((fields) => {
      const scheme = keyAgreementByOid(fields.oid())
      const wrapIdentifier = fields.element()
      return { scheme, wrap: readWrap(wrapIdentifier), wrapIdentifier }
    }),
  )

interface Originator {
  /** The sender's key as one of the same algorithm and curve as `key`, which the message does not choose. */
  spkiFor(key: Key): Uint8Array
}

/** Undefined when the key is that of a certificate. */
function readOriginator(reader: DerReader): Originator | undefined {
  if (reader.tag !== contextConstructed(1)) {
    reader.element()
    return undefined
  }
  return reader.constructed(contextConstructed(1), (fields) => {
    const said = fields.sequence((identifier) => ({
      dotted: identifier.oid(),
      // Absent, NULL, or the curve (RFC 5753 §3.1.1).
      parameters: identifier.done ? undefined : identifier.element(),
    }))
    const point = fields.bitStringBytes()
    return {
      spkiFor(key) {
        const own = readKey(key.publicKey)
        const curve = said.parameters && said.parameters.length > 2 ? said.parameters : undefined
        if (said.dotted !== own.dotted || (curve && !(own.parameters && equal(curve, own.parameters)))) {
          fail('key_mismatch', { what: 'key agreement' })
        }
        return sequence(own.identifier, bitString(point))
      },
    }
  })
}

const readKey = (spki: Uint8Array) =>
  DerReader.whole(spki, 'SubjectPublicKeyInfo', (reader) =>
    reader.sequence((fields) => {
      const { dotted, parameters } = fields.sequence((inner) => ({
        dotted: inner.oid(),
        parameters: inner.done ? undefined : inner.element(),
      }))
      const identifier = sequence(concat(oid(dotted), parameters ?? new Uint8Array(0)))
      return { dotted, parameters, identifier, keyBits: fields.bitStringBytes() }
    }),
  )

const readEncryptedKey = (reader: DerReader): { named: CertificateIdentifier; encrypted: Uint8Array } =>
  reader.sequence((fields) => ({
    named: fields.tag === contextConstructed(0) ? readKeyId(fields) : readIssuerAndSerial(fields),
    encrypted: fields.octetString(),
  }))

/** RecipientKeyIdentifier, `[0] IMPLICIT`: date and other attributes do not help to find a certificate. */
const readKeyId = (reader: DerReader): CertificateIdentifier =>
  reader.constructed(contextConstructed(0), (fields) => {
    const keyIdentifier = fields.octetString()
    fields.list((rest) => rest.element())
    return { keyIdentifier }
  })

const scheme = (dotted: string): KeyAgreementAlgorithm => keyAgreementByOid(dotted)
/** A digest of the curve's strength. */
const ON_CURVES: Readonly<Record<CurveName, readonly [KeySpec, KeyAgreementAlgorithm]>> = {
  'P-256': ['ec-p256', scheme('1.3.132.1.11.1')],
  'P-384': ['ec-p384', scheme('1.3.132.1.11.2')],
  'P-521': ['ec-p521', scheme('1.3.132.1.11.3')],
}
const WITH_X25519: readonly [KeySpec, KeyAgreementAlgorithm] = ['x25519', scheme('1.2.840.113549.1.9.16.3.19')]
const WITH_X448: readonly [KeySpec, KeyAgreementAlgorithm] = ['x448', scheme('1.2.840.113549.1.9.16.3.21')]
