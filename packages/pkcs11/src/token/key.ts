import { createHash } from 'node:crypto'
import {
  type DigestName,
  digestByName,
  type KeySpec,
  keySpecOf,
  type OaepParameters,
  readPublicKey,
  type SignatureAlgorithm,
} from '@scel/pki/algorithms'
import { octetString, sequence, unsignedInteger } from '@scel/pki/asn1'
import { unpadOaep } from '@scel/pki/crypto'
import { failToken, hasTokenCode } from '../errors/token-error.ts'
import { CKM } from '../module/constants.ts'
import type { KeyAttributes, KeyName, MechanismChoice } from '../module/protocol.ts'
import { spkiOf } from './public-half.ts'
import type { CallToken } from './token.ts'

/** A key that stays in its token. What it cannot do, or may not, is undefined. */
export interface TokenKey {
  readonly label: string
  readonly id: Uint8Array
  /** Undefined for a key that Scel does not make. */
  readonly spec: KeySpec | undefined
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array
  readonly sign: ((message: Uint8Array, algorithm: SignatureAlgorithm) => Promise<Uint8Array>) | undefined
  readonly decrypt: ((encrypted: Uint8Array, how: RsaEncryption) => Promise<Uint8Array | undefined>) | undefined
  /** RSA by itself (RFC 8017 §5.1.2, §5.2.1), for whoever pads outside: TLS. */
  readonly raw: ((block: Uint8Array) => Promise<Uint8Array>) | undefined
  readonly agree: ((peer: Uint8Array) => Promise<Uint8Array>) | undefined
}

export type RsaEncryption = { readonly scheme: 'PKCS1-v1.5' } | ({ readonly scheme: 'OAEP' } & OaepParameters)

/** @returns undefined for a key of a curve that the library does not know */
export function tokenKey(token: string, attributes: KeyAttributes, call: CallToken): TokenKey | undefined {
  const spki = spkiOf(attributes)
  if (!spki) return undefined
  const { label, id, can, public: half } = attributes
  const facts = readPublicKey(spki)
  if (facts.kind === 'other') return undefined
  const about = { key: label }
  const key: KeyName = {
    ...(id.length > 0 ? { id } : { label }),
    identity: half.kind === 'rsa' ? half.modulus : half.point,
  }
  const size = half.kind === 'rsa' ? facts.rsa!.modulus.length : Math.ceil(facts.bits / 8)
  const refused = (what: string): never => failToken('key_refused', { token, key: label, what })
  const signed = (mechanism: MechanismChoice, data: Uint8Array, room = size): Promise<Uint8Array> =>
    call('sign', { key, mechanism, data, room }, about)
  const opened = (mechanism: MechanismChoice, data: Uint8Array): Promise<Uint8Array | undefined> =>
    call('decrypt', { key, mechanism, data, room: size }, about)

  const signRsa = async (message: Uint8Array, row: SignatureAlgorithm): Promise<Uint8Array> => {
    const name = row.digest ?? refused(row.name)
    const hash = hashOf(name, message)
    if (row.scheme === 'pkcs1') return sized(await signed({ type: CKM.RSA_PKCS }, digestInfo(name, hash)))
    const { pss } = row
    const [digest, mgf] = [HASHES[name], pss && HASHES[pss.mgfDigest]]
    if (!pss || !digest || !mgf) return refused(row.name)
    const parameter = [digest.mechanism, mgf.mgf, pss.saltLength]
    return sized(await signed({ type: CKM.RSA_PKCS_PSS, parameter }, hash))
  }
  const signEc = async (message: Uint8Array, row: SignatureAlgorithm): Promise<Uint8Array> => {
    // The leftmost bits, as many as the order has (FIPS 186-5 §6.4.1): not every token cuts by itself.
    const hash = hashOf(row.digest ?? refused(row.name), message).subarray(0, size)
    const raw = await signed({ type: CKM.ECDSA }, hash, 2 * size)
    if (raw.length !== 2 * size) refused('C_Sign')
    return sequence(unsignedInteger(raw.subarray(0, size)), unsignedInteger(raw.subarray(size)))
  }
  /** A token may leave out what a signature begins with. */
  const sized = (signature: Uint8Array): Uint8Array => {
    if (signature.length > size) return refused('C_Sign')
    const whole = new Uint8Array(size)
    whole.set(signature, size - signature.length)
    return whole
  }
  let padsItself = true
  const decryptOaep = async (encrypted: Uint8Array, parameters: OaepParameters): Promise<Uint8Array | undefined> => {
    // A label is passed over by some tokens: SoftHSM opens nothing then.
    const choice = parameters.label?.length ? undefined : oaepOf(parameters)
    if (choice && padsItself) {
      try {
        return await opened(choice, encrypted)
      } catch (error) {
        if (!hasTokenCode(error, 'key_refused')) throw error
        // It knows no such digest, which the sender of a message cannot change: SoftHSM and others have SHA-1 alone.
        if (parameters.digest !== 'SHA-1') padsItself = false
      }
    }
    const padded = await opened({ type: CKM.RSA_X_509 }, encrypted)
    return padded && unpadOaep(hashOf, parameters, sized(padded))
  }
  const decrypt = (encrypted: Uint8Array, how: RsaEncryption): Promise<Uint8Array | undefined> =>
    how.scheme === 'PKCS1-v1.5' ? opened({ type: CKM.RSA_PKCS }, encrypted) : decryptOaep(encrypted, how)
  const isRsa = half.kind === 'rsa'
  return Object.freeze({
    label,
    id,
    spec: keySpecOf(spki),
    publicKey: spki,
    sign: can.sign ? (isRsa ? signRsa : signEc) : undefined,
    decrypt: isRsa && can.decrypt ? decrypt : undefined,
    raw:
      isRsa && can.sign ? async (block: Uint8Array) => sized(await signed({ type: CKM.RSA_X_509 }, block)) : undefined,
    agree:
      !isRsa && can.agree
        ? async (peer: Uint8Array) => {
            const other = readPublicKey(peer)
            if (other.curve !== facts.curve) refused('ECDH')
            return call('agree', { key, point: other.keyBits, size }, about)
          }
        : undefined,
  })
}

const hashOf = (name: DigestName, data: Uint8Array): Uint8Array =>
  createHash(name.replace('SHA-', 'SHA')).update(data).digest()

/** DigestInfo (RFC 8017 §9.2). */
const digestInfo = (name: DigestName, hash: Uint8Array): Uint8Array =>
  sequence(digestByName(name).identifier, octetString(hash))

function oaepOf({ digest, mgfDigest }: OaepParameters): MechanismChoice | undefined {
  const [hash, mgf] = [HASHES[digest], HASHES[mgfDigest]]
  if (!hash || !mgf) return undefined
  return { type: CKM.RSA_PKCS_OAEP, parameter: [hash.mechanism, mgf.mgf, 1, undefined, 0] }
}

/** CKM_… of a digest, CKG_MGF1_… with it. */
const HASHES: Readonly<Partial<Record<DigestName, { readonly mechanism: number; readonly mgf: number }>>> = {
  'SHA-1': { mechanism: 0x220, mgf: 1 },
  'SHA-224': { mechanism: 0x255, mgf: 5 },
  'SHA-256': { mechanism: 0x250, mgf: 2 },
  'SHA-384': { mechanism: 0x260, mgf: 3 },
  'SHA-512': { mechanism: 0x270, mgf: 4 },
}
