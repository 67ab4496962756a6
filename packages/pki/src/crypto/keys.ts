import { engine } from '#engine'
import type { KeySpec } from '../algorithms/index.ts'
import { curveByOid, EC_PUBLIC_KEY, KEY_SPECS, keySpecOf, RSA_ENCRYPTION, rawKeyByOid } from '../algorithms/index.ts'
import { DerReader, TAG } from '../asn1/index.ts'
import { fail, isPkiError } from '../errors/index.ts'
import type { EngineKey, PrivateKeyFacts } from './engine.ts'
import type { PrivateKey } from './private-key.ts'
import { handleOf, privateKeyOf } from './private-key.ts'

export interface KeyPair {
  readonly privateKey: PrivateKey
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array
}

/** A new key pair from the platform's generator. */
export async function generateKeyPair(spec: KeySpec): Promise<KeyPair> {
  const { handle, spki } = await engine.generate(KEY_SPECS[spec])
  return Object.freeze({ privateKey: privateKeyOf(spec, spki, handle), publicKey: spki })
}

/**
 * Takes a private key from PKCS #8 DER (RFC 5958), not encrypted.
 * @throws key_malformed for bytes that hold no usable key or a size that Scel does not make, algorithm_unsupported
 */
export async function importPrivateKey(pkcs8: Uint8Array): Promise<PrivateKey> {
  const facts = factsOf(pkcs8)
  let key: EngineKey
  try {
    key = await engine.importKey(pkcs8, facts)
  } catch {
    // The platform's reason is not passed on: it may quote what it read.
    return fail('key_malformed', { what: 'PKCS #8' })
  }
  const spec = keySpecOf(key.spki) ?? fail('key_malformed', { what: 'key size' })
  return privateKeyOf(spec, key.spki, key.handle)
}

/** PKCS #8 DER, not encrypted: for key stores that protect it themselves. */
export const exportPrivateKey = (key: PrivateKey): Promise<Uint8Array> => engine.exportKey(handleOf(key))

function factsOf(pkcs8: Uint8Array): PrivateKeyFacts {
  const { oid, curve } = readAlgorithm(pkcs8)
  if (oid === RSA_ENCRYPTION) return { kind: 'rsa', oid }
  if (oid === EC_PUBLIC_KEY) {
    return { kind: 'ec', oid, curve: curveByOid(curve ?? '') ?? fail('key_malformed', { what: 'curve' }) }
  }
  const { kind } = rawKeyByOid(oid) ?? fail('algorithm_unsupported', { oid })
  return { kind, oid }
}

function readAlgorithm(pkcs8: Uint8Array): { oid: string; curve: string | undefined } {
  try {
    return DerReader.whole(pkcs8, 'PrivateKeyInfo', (reader) =>
      reader.sequence((info) => {
        info.smallInteger(1) // v1, or v2 which may carry the public key
        const algorithm = info.sequence((fields) => {
          const oid = fields.oid()
          const curve = fields.optional(TAG.oid, (inner) => inner.oid())
          fields.list((rest) => rest.element())
          return { oid, curve }
        })
        info.octetString()
        info.list((rest) => rest.element())
        return algorithm
      }),
    )
  } catch (error) {
    if (isPkiError(error)) return fail('key_malformed', { what: 'PKCS #8' })
    throw error
  }
}
