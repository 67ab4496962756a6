// Key agreement, encapsulation and RSA encryption in browsers.

import type { OaepParameters, PublicKeyFacts } from '../../../algorithms/index.ts'
import { digestByName, RSA_ENCRYPTION, RSAES_OAEP } from '../../../algorithms/index.ts'
import { fail } from '../../../errors/index.ts'
import type { EngineSecrets } from '../engine.ts'
import { bytes, platformName, subtle, supported, view } from './platform.ts'

export const secrets: EngineSecrets = {
  agree: (handle, key, peerSpki) =>
    supported(key.oid, async () => {
      const parameters = agreement(key)
      let own = handle as CryptoKey
      if (key.curve) {
        // Elliptic-curve keys are held for ECDSA.
        const pkcs8 = await subtle.exportKey('pkcs8', own)
        own = await subtle.importKey('pkcs8', pkcs8, parameters, false, ['deriveBits'])
      }
      const theirs = await subtle.importKey('spki', view(peerSpki), parameters, false, [])
      // The length is counted in bits; for P-521 the coordinate has 66 bytes.
      const length = key.curve ? key.curve.size * 8 : key.keyBits.length * 8
      return bytes(await subtle.deriveBits({ ...parameters, public: theirs } as EcdhKeyDeriveParams, own, length))
    }),

  encapsulate: (row, spki) =>
    supported(row.oid, async () => {
      const key = await kem(row.oid).importKey('spki', view(spki), { name: row.name }, false, ['encapsulateBits'])
      const { sharedKey, ciphertext } = await kem(row.oid).encapsulateBits({ name: row.name }, key)
      return { sharedSecret: bytes(sharedKey), ciphertext: bytes(ciphertext) }
    }),

  decapsulate: (row, handle, ciphertext) =>
    supported(row.oid, async () =>
      bytes(await kem(row.oid).decapsulateBits({ name: row.name }, handle as CryptoKey, view(ciphertext))),
    ),

  encryptOaep: (spki, parameters, plain) =>
    supported(oidOf(parameters), async () => {
      const key = await subtle.importKey('spki', view(spki), oaepKey(parameters), false, ['encrypt'])
      return bytes(await subtle.encrypt(oaep(parameters), key, view(plain)))
    }),

  decryptOaep: (handle, parameters, encrypted) =>
    supported(oidOf(parameters), async () => {
      const pkcs8 = await subtle.exportKey('pkcs8', handle as CryptoKey)
      const key = await subtle.importKey('pkcs8', pkcs8, oaepKey(parameters), false, ['decrypt'])
      try {
        return bytes(await subtle.decrypt(oaep(parameters), key, view(encrypted)))
      } catch {
        return undefined
      }
    }),

  // WebCrypto never had it, and arithmetic of our own would tell the key by its timing.
  decryptPkcs1v15: async () => fail('algorithm_unsupported', { oid: RSA_ENCRYPTION }),
}

interface Agreement {
  readonly name: string
  readonly namedCurve?: string
}

const agreement = ({ oid, curve }: PublicKeyFacts): Agreement =>
  curve ? { name: 'ECDH', namedCurve: curve.name } : { name: platformName(oid) }

/** Encapsulation as the newer WebCrypto has it; the types do not know it yet. */
interface KemSubtle {
  importKey(form: 'spki', key: BufferSource, name: object, extractable: boolean, uses: string[]): Promise<CryptoKey>
  encapsulateBits(name: object, key: CryptoKey): Promise<{ sharedKey: ArrayBuffer; ciphertext: ArrayBuffer }>
  decapsulateBits(name: object, key: CryptoKey, ciphertext: BufferSource): Promise<ArrayBuffer>
}

function kem(oid: string): KemSubtle {
  if (!('encapsulateBits' in subtle)) fail('algorithm_unsupported', { oid })
  return subtle as unknown as KemSubtle
}

function oaepKey({ digest, mgfDigest }: OaepParameters): RsaHashedImportParams {
  // One digest for both hash and mask.
  if (digest !== mgfDigest) fail('algorithm_unsupported', { oid: RSAES_OAEP })
  return { name: 'RSA-OAEP', hash: digest }
}

const oaep = ({ label }: OaepParameters): RsaOaepParams => ({
  name: 'RSA-OAEP',
  ...(label?.length ? { label: view(label) } : {}),
})

const oidOf = ({ digest }: OaepParameters): string => digestByName(digest).oid
