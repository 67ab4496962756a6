// Keys and signatures in browsers. WebCrypto knows ECDSA signatures as r‖s only, so they are converted here.

import type { KeySpecRow, PublicKeyFacts } from '../../../algorithms/index.ts'
import { RSASSA_PSS } from '../../../algorithms/index.ts'
import { bitString, oid, sequence } from '../../../asn1/index.ts'
import { fromBase64Url } from '../../../bytes/index.ts'
import { fail } from '../../../errors/index.ts'
import { derOfRaw, rawOfDer } from '../../ecdsa-signature.ts'
import { spkiOfRsaPublicKey } from '../../keys/spki.ts'
import type { EngineKeys, PrivateKeyFacts, Signing } from '../engine.ts'
import { bytes, platformName, subtle, supported, view } from './platform.ts'

export const keys: EngineKeys = {
  generate: (row) =>
    supported(row.oid, async () => {
      const pair = await subtle.generateKey(generation(row), true, [...PRIVATE_USES[row.use], ...PUBLIC_USES[row.use]])
      if (!('privateKey' in pair)) throw new TypeError('the platform made no key pair')
      return { handle: pair.privateKey, spki: bytes(await subtle.exportKey('spki', pair.publicKey)) }
    }),

  importKey: (pkcs8, facts) =>
    supported(facts.oid, async () => {
      if (facts.kind === 'rsa-pss') fail('algorithm_unsupported', { oid: facts.oid })
      const parameters = holding(facts)
      const uses = PRIVATE_USES[useOf(facts)]
      const handle = await subtle.importKey('pkcs8', view(pkcs8), parameters, true, uses)
      return { handle, spki: await publicOf(handle, parameters, facts) }
    }),

  async exportKey(handle) {
    return bytes(await subtle.exportKey('pkcs8', handle as CryptoKey))
  },

  sign: (handle, row, key, data) =>
    supported(row.oid, async () => {
      let signer = handle as CryptoKey
      // An RSA or EC CryptoKey is bound to one digest and padding: it is imported again for the row that is asked for.
      if (row.digest) {
        const pkcs8 = await subtle.exportKey('pkcs8', signer)
        signer = await subtle.importKey('pkcs8', pkcs8, keyParameters(row, key), false, ['sign'])
      }
      const signature = bytes(await subtle.sign(signing(row), signer, view(data)))
      return key.curve ? derOfRaw(signature, key.curve.size) : signature
    }),

  verify: (row, key, spki, data, signature) =>
    supported(row.oid, async () => {
      const raw = key.curve ? rawOfDer(signature, key.curve.size) : signature
      if (!raw) return false
      // WebCrypto takes RSA keys under rsaEncryption alone.
      const plain = key.kind === 'rsa-pss' ? spkiOfRsaPublicKey(key.keyBits) : spki
      const verifier = await subtle.importKey('spki', view(plain), keyParameters(row, key), false, ['verify'])
      return subtle.verify(signing(row), verifier, view(raw), view(data))
    }),
}

const PRIVATE_USES = { sign: ['sign'], agree: ['deriveBits'], encapsulate: ['decapsulateBits'] } as unknown as Uses
const PUBLIC_USES = { sign: ['verify'], agree: [], encapsulate: ['encapsulateBits'] } as unknown as Uses
// The names of encapsulation are newer than the types.
type Uses = Readonly<Record<KeySpecRow['use'], KeyUsage[]>>

const useOf = ({ kind }: PrivateKeyFacts): KeySpecRow['use'] =>
  kind === 'ml-kem' ? 'encapsulate' : kind === 'x25519' || kind === 'x448' ? 'agree' : 'sign'

type Parameters = AlgorithmIdentifier | RsaHashedImportParams | EcKeyImportParams

/** What a private key is held under while nobody has said what it will do. */
function holding({ kind, oid: dotted, curve }: PrivateKeyFacts): Parameters {
  if (kind === 'rsa') return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  return curve ? { name: 'ECDSA', namedCurve: curve.name } : { name: platformName(dotted) }
}

function generation(row: KeySpecRow): Parameters | RsaHashedKeyGenParams {
  const publicExponent = Uint8Array.of(1, 0, 1) // 65537
  const parameters = holding(row)
  return row.kind === 'rsa'
    ? ({ ...(parameters as object), modulusLength: row.bits, publicExponent } as RsaHashedKeyGenParams)
    : parameters
}

/** The public part, by way of JWK: what every platform can do. */
async function publicOf(handle: CryptoKey, parameters: Parameters, facts: PrivateKeyFacts): Promise<Uint8Array> {
  const { kty, n, e, crv, x, y, pub } = (await subtle.exportKey('jwk', handle)) as JsonWebKey & { pub?: string }
  const raw = pub ?? (kty === 'OKP' ? x : undefined)
  if (raw) return sequence(sequence(oid(facts.oid)), bitString(fromBase64Url(raw)))
  const jwk = kty === 'RSA' ? { kty, n: n!, e: e! } : { kty: kty!, crv: crv!, x: x!, y: y! }
  return bytes(await subtle.exportKey('spki', await subtle.importKey('jwk', jwk, parameters, true, ['verify'])))
}

const NAMES = { pkcs1: 'RSASSA-PKCS1-v1_5', pss: 'RSA-PSS', ecdsa: 'ECDSA' } as const

const nameOf = ({ scheme, name }: Signing): string =>
  scheme === 'pkcs1' || scheme === 'pss' || scheme === 'ecdsa' ? NAMES[scheme] : name

function keyParameters(row: Signing, key: PrivateKeyFacts | PublicKeyFacts): Parameters {
  const name = nameOf(row)
  if (key.curve) return { name, namedCurve: key.curve.name }
  return row.digest ? { name, hash: row.digest } : { name }
}

function signing(row: Signing): AlgorithmIdentifier | EcdsaParams | RsaPssParams {
  const name = nameOf(row)
  if (row.scheme === 'ecdsa') return { name, hash: row.digest! }
  if (!row.pss) return { name }
  // WebCrypto has one digest for both hash and mask.
  if (row.pss.mgfDigest !== row.digest) fail('algorithm_unsupported', { oid: RSASSA_PSS })
  return { name, saltLength: row.pss.saltLength }
}
