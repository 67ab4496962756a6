// Key agreement, encapsulation and RSA encryption on Node.

import {
  constants,
  createPublicKey,
  decapsulate,
  diffieHellman,
  encapsulate,
  hash,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
} from 'node:crypto'
import type { DigestName, OaepParameters } from '../../../algorithms/index.ts'
import { type Hash, padOaep, unpadOaep } from '../../rsa/oaep-padding.ts'
import type { EngineSecrets } from '../engine.ts'
import { HASH, plain, symmetric } from './symmetric.ts'

export const secrets: EngineSecrets = {
  async agree(handle, _key, peerSpki) {
    return plain(diffieHellman({ privateKey: handle as KeyObject, publicKey: publicKey(peerSpki) }))
  },

  async encapsulate(_row, spki) {
    const { sharedKey, ciphertext } = encapsulate(publicKey(spki))
    return { sharedSecret: plain(sharedKey), ciphertext: plain(ciphertext) }
  },

  async decapsulate(_row, handle, ciphertext) {
    return plain(decapsulate(handle as KeyObject, ciphertext))
  },

  async encryptOaep(spki, parameters, data) {
    const key = publicKey(spki)
    if (isOneDigest(parameters)) return plain(publicEncrypt({ key, ...oaep(parameters) }, data))
    const size = Math.ceil(key.asymmetricKeyDetails!.modulusLength! / 8)
    const padded = padOaep(hashOf, { ...parameters, size, seed: symmetric.random }, data)
    return plain(publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, padded))
  },

  async decryptOaep(handle, parameters, encrypted) {
    const key = handle as KeyObject
    try {
      if (isOneDigest(parameters)) return plain(privateDecrypt({ key, ...oaep(parameters) }, encrypted))
      return unpadOaep(hashOf, parameters, plain(privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, encrypted)))
    } catch {
      return undefined // one answer for all causes: Manger's attack lives on the difference
    }
  },

  async decryptPkcs1v15(handle, encrypted) {
    // OpenSSL rejects implicitly since 3.2; Node refuses to run this where it does not.
    return plain(privateDecrypt({ key: handle as KeyObject, padding: constants.RSA_PKCS1_PADDING }, encrypted))
  },
}

const publicKey = (spki: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })

/** Node has one option for both digests. */
const isOneDigest = ({ digest, mgfDigest }: OaepParameters): boolean => digest === mgfDigest

const oaep = ({ digest, label }: OaepParameters): { padding: number; oaepHash: string; oaepLabel?: Uint8Array } => ({
  padding: constants.RSA_PKCS1_OAEP_PADDING,
  oaepHash: HASH[digest],
  ...(label?.length ? { oaepLabel: label } : {}),
})

const hashOf: Hash = (name: DigestName, data: Uint8Array) => plain(hash(HASH[name], data, 'buffer'))
