// The engine in browsers: WebCrypto. It knows ECDSA signatures as r‖s only, so they are converted here.

import type { KeySpecRow, PublicKeyFacts, SignatureAlgorithm } from '../algorithms/index.ts'
import { derOfRaw, rawOfDer } from './ecdsa-signature.ts'
import type { Engine, EngineKey } from './engine.ts'
import { sha256Repeated } from './sha256.ts'

const subtle: SubtleCrypto = globalThis.crypto.subtle

export const engine: Engine = {
  async generate(row) {
    const pair = await subtle.generateKey(generation(row), true, ['sign', 'verify'])
    if (!('privateKey' in pair)) throw new TypeError('the platform made no key pair')
    return { handle: pair.privateKey, spki: bytes(await subtle.exportKey('spki', pair.publicKey)) }
  },

  async importKey(pkcs8, { curve }) {
    return curve ? importEc(pkcs8, curve.name) : importRsa(pkcs8)
  },

  async exportKey(handle) {
    return bytes(await subtle.exportKey('pkcs8', handle as CryptoKey))
  },

  async sign(handle, row, key, data) {
    // A CryptoKey is bound to one digest and padding, so it is imported again for the row that is asked for.
    const pkcs8 = await subtle.exportKey('pkcs8', handle as CryptoKey)
    const signer = await subtle.importKey('pkcs8', pkcs8, keyParameters(row, key.curve?.name), false, ['sign'])
    const signature = bytes(await subtle.sign(signing(row), signer, view(data)))
    return key.curve ? derOfRaw(signature, key.curve.size) : signature
  },

  async verify(row, key: PublicKeyFacts, spki, data, signature) {
    const raw = key.curve ? rawOfDer(signature, key.curve.size) : signature
    if (!raw) return false
    const verifier = await subtle.importKey('spki', view(spki), keyParameters(row, key.curve?.name), false, ['verify'])
    return subtle.verify(signing(row), verifier, view(raw), view(data))
  },

  async digest(name, data) {
    return bytes(await subtle.digest(name, view(data)))
  },

  async digestRepeated(name, data, times) {
    // A promise for each of a hundred thousand rounds takes seconds; SHA-256 is the only digest that we write with.
    if (name === 'SHA-256') return sha256Repeated(data, times)
    let state = data
    for (let i = 0; i < times; i++) state = bytes(await subtle.digest(name, view(state)))
    return state
  },

  async hmac(name, key, data) {
    const signer = await subtle.importKey('raw', view(key), { name: 'HMAC', hash: name }, false, ['sign'])
    return bytes(await subtle.sign('HMAC', signer, view(data)))
  },

  random: (length) => globalThis.crypto.getRandomValues(new Uint8Array(length)),

  async pbkdf2(name, passphrase, salt, iterations, length) {
    const base = await subtle.importKey('raw', view(passphrase), 'PBKDF2', false, ['deriveBits'])
    return bytes(
      await subtle.deriveBits({ name: 'PBKDF2', hash: name, salt: view(salt), iterations }, base, length * 8),
    )
  },

  async encryptCbc(_cipher, key, iv, plain) {
    const encrypter = await subtle.importKey('raw', view(key), 'AES-CBC', false, ['encrypt'])
    return bytes(await subtle.encrypt({ name: 'AES-CBC', iv: view(iv) }, encrypter, view(plain)))
  },

  async decryptCbc(_cipher, key, iv, encrypted) {
    const decrypter = await subtle.importKey('raw', view(key), 'AES-CBC', false, ['decrypt'])
    try {
      return bytes(await subtle.decrypt({ name: 'AES-CBC', iv: view(iv) }, decrypter, view(encrypted)))
    } catch {
      return undefined // WebCrypto has one error for all of it, and padding is the only cause left
    }
  },
}

async function importRsa(pkcs8: Uint8Array): Promise<EngineKey> {
  const parameters = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const handle = await subtle.importKey('pkcs8', view(pkcs8), parameters, true, ['sign'])
  const { n, e } = await subtle.exportKey('jwk', handle)
  return { handle, spki: await spkiOf({ kty: 'RSA', n: n!, e: e! }, parameters) }
}

async function importEc(pkcs8: Uint8Array, namedCurve: string): Promise<EngineKey> {
  const parameters = { name: 'ECDSA', namedCurve }
  const handle = await subtle.importKey('pkcs8', view(pkcs8), parameters, true, ['sign'])
  const { crv, x, y } = await subtle.exportKey('jwk', handle)
  return { handle, spki: await spkiOf({ kty: 'EC', crv: crv!, x: x!, y: y! }, parameters) }
}

type ImportParameters = RsaHashedImportParams | EcKeyImportParams

async function spkiOf(jwk: JsonWebKey, parameters: ImportParameters): Promise<Uint8Array> {
  return bytes(await subtle.exportKey('spki', await subtle.importKey('jwk', jwk, parameters, true, ['verify'])))
}

function generation(row: KeySpecRow): RsaHashedKeyGenParams | EcKeyGenParams {
  if (row.curve) return { name: 'ECDSA', namedCurve: row.curve.name }
  const publicExponent = Uint8Array.of(1, 0, 1) // 65537
  return { name: 'RSASSA-PKCS1-v1_5', modulusLength: row.bits, publicExponent, hash: 'SHA-256' }
}

const NAMES: Readonly<Record<SignatureAlgorithm['scheme'], string>> = {
  pkcs1: 'RSASSA-PKCS1-v1_5',
  pss: 'RSA-PSS',
  ecdsa: 'ECDSA',
  eddsa: 'Ed25519',
  'ml-dsa': 'ML-DSA-44',
  'slh-dsa': 'SLH-DSA',
}

function keyParameters(row: SignatureAlgorithm, namedCurve: string | undefined): ImportParameters {
  const name = NAMES[row.scheme]
  return row.scheme === 'ecdsa' ? { name, namedCurve: namedCurve! } : { name, hash: row.digest! }
}

function signing(row: SignatureAlgorithm): AlgorithmIdentifier | EcdsaParams | RsaPssParams {
  const name = NAMES[row.scheme]
  if (row.scheme === 'ecdsa') return { name, hash: row.digest! }
  return row.pss ? { name, saltLength: row.pss.saltLength } : { name }
}

const bytes = (buffer: ArrayBuffer): Uint8Array => new Uint8Array(buffer)
// The library never makes shared memory, which is all that the wider type would allow.
const view = (array: Uint8Array): Uint8Array<ArrayBuffer> => array as Uint8Array<ArrayBuffer>
