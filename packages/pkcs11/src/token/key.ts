import { createHash } from 'node:crypto'
import {
  type DigestName,
  digestByName,
  type OaepParameters,
  readPublicKey,
  type SignatureAlgorithm,
} from '@scel/pki/algorithms'
import { octetString, sequence, unsignedInteger } from '@scel/pki/asn1'
import { type Key, keyElsewhere, type RsaEncryption, unpadOaep } from '@scel/pki/crypto'
import { hasCode, type KeyAbsence, PkiError } from '@scel/pki/errors'
import { failToken, hasTokenCode, isTokenError, type TokenErrorCode } from '../errors/token-error.ts'
import { CKM } from '../module/constants.ts'
import type { KeyAttributes, KeyName, MechanismChoice } from '../module/protocol.ts'
import { spkiOf } from './public-half.ts'
import type { CallToken } from './token.ts'

/**
 * A key that stays in its token. It has the verbs that the token allows; a token that does not do one of them throws
 * PkiError key_unavailable, with a TokenError as its cause.
 */
export interface TokenKey extends Key {
  readonly label: string
  readonly id: Uint8Array
  /** For whoever hashes and pads outside, as OpenSSL's TLS does. Undefined for keys that do not sign. */
  readonly signPrepared: ((how: Prepared, data: Uint8Array) => Promise<Uint8Array>) | undefined
}

/** What is signed: a digest (ECDSA, the answer in DER), a DigestInfo to be padded (RFC 8017 §9.2), or a padded block (§5.2.1). */
export type Prepared = 'digest' | 'digest-info' | 'block'

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
  const signEc = (message: Uint8Array, row: SignatureAlgorithm): Promise<Uint8Array> =>
    signDigest(hashOf(row.digest ?? refused(row.name), message))
  const signDigest = async (digest: Uint8Array): Promise<Uint8Array> => {
    // The leftmost bits, as many as the order has (FIPS 186-5 §6.4.1): not every token cuts by itself.
    const hash = digest.subarray(0, size)
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
  const agree = async (peer: Uint8Array): Promise<Uint8Array> => {
    const other = readPublicKey(peer)
    return other.curve === facts.curve ? call('agree', { key, point: other.keyBits, size }, about) : refused('ECDH')
  }
  const signPrepared = async (how: Prepared, data: Uint8Array): Promise<Uint8Array> => {
    if ((how === 'digest') === isRsa) return refused(how)
    if (how === 'digest') return signDigest(data)
    return sized(await signed({ type: how === 'block' ? CKM.RSA_X_509 : CKM.RSA_PKCS }, data))
  }
  const isRsa = half.kind === 'rsa'
  const verbs = keyElsewhere(spki, {
    sign: can.sign ? told(token, isRsa ? signRsa : signEc) : undefined,
    decrypt: can.decrypt ? told(token, decrypt) : undefined,
    agree: can.agree ? told(token, agree) : undefined,
  })
  return Object.freeze({ ...verbs, label, id, signPrepared: can.sign ? told(token, signPrepared) : undefined })
}

/** What a token did not do, as the library says it of any key that is elsewhere. */
const told =
  <A extends readonly unknown[], T>(where: string, act: (...args: A) => Promise<T>) =>
  async (...args: A): Promise<T> => {
    try {
      return await act(...args)
    } catch (error) {
      if (!isTokenError(error)) throw error
      throw new PkiError('key_unavailable', { where, why: WHY[error.code] }, error)
    }
  }

/** What the library calls each fault of a token. */
export const WHY: Readonly<Record<TokenErrorCode, KeyAbsence>> = {
  key_missing: 'absent',
  key_refused: 'refused',
  key_taken: 'refused',
  module_unusable: 'absent',
  pin_last_try: 'locked',
  pin_locked: 'locked',
  pin_missing: 'pin',
  pin_wrong: 'pin',
  token_absent: 'absent',
  token_ambiguous: 'absent',
  token_busy: 'slow',
  token_failed: 'failed',
  token_gone: 'absent',
  token_silent: 'slow',
  token_uri_malformed: 'absent',
}

/** Why a token did not do something, by its own error or by the library's of its key; undefined for any other. */
export function absenceOf(error: unknown): KeyAbsence | undefined {
  if (isTokenError(error)) return WHY[error.code]
  return hasCode(error, 'key_unavailable') ? error.facts.why : undefined
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
