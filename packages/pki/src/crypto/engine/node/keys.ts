// Keys and signatures on Node.

import type { PublicKeyInput } from 'node:crypto'
import { constants, createPrivateKey, createPublicKey, generateKeyPair, KeyObject, sign, verify } from 'node:crypto'
import { promisify } from 'node:util'
import type { KeySpecRow, PssParameters, PublicKeyFacts } from '../../../algorithms/index.ts'
import { pssSpki, RSASSA_PSS } from '../../../algorithms/index.ts'
import { fail } from '../../../errors/index.ts'
import { RecentlyUsed } from '../../recently-used.ts'
import type { EngineKey, EngineKeys, KeyHandle, Signing } from '../engine.ts'
import { HASH, plain } from './symmetric.ts'

export const keys: EngineKeys = {
  async generate(row) {
    const [type, options] = generation(row)
    const { privateKey } = await makeKeyPair(type, options)
    return engineKey(privateKey)
  },

  async importKey(pkcs8) {
    return engineKey(createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }))
  },

  async exportKey(handle) {
    return plain((handle as KeyObject).export({ type: 'pkcs8', format: 'der' }))
  },

  async sign(handle, row, _key, data) {
    const key = handle as KeyObject
    if (row.pss && row.pss.mgfDigest !== row.digest) fail('algorithm_unsupported', { oid: RSASSA_PSS })
    return plain(sign(digestOf(row), data, row.pss ? { key, ...padding(row.pss) } : key))
  },

  async verify(row, facts, spki, data, signature) {
    const key = publicKey(maskedSpki(row, facts) ?? spki)
    if (!row.pss) return verify(digestOf(row), data, key, signature)
    const padded = key instanceof KeyObject ? { key, ...padding(row.pss) } : { ...key, ...padding(row.pss) }
    return verify(digestOf(row), data, padded, signature)
  },
}

const makeKeyPair = promisify(generateKeyPair) as unknown as (
  type: string,
  options: object,
) => Promise<{ privateKey: KeyObject }>

/** Node names the keys of one form as this library does: ed25519, ml-dsa-65, slh-dsa-sha2-128s. */
function generation(row: KeySpecRow): [type: string, options: object] {
  if (row.kind === 'rsa') return ['rsa', { modulusLength: row.bits, publicExponent: 65537 }]
  return row.curve ? ['ec', { namedCurve: row.curve.name }] : [row.spec, {}]
}

const digestOf = (row: Signing): string | null => (row.digest ? HASH[row.digest] : null)

const padding = ({ saltLength }: PssParameters): { padding: number; saltLength: number } => ({
  padding: constants.RSA_PKCS1_PSS_PADDING,
  saltLength,
})

/** Node has no option for the digest of MGF1, but obeys a key that is restricted to one. */
function maskedSpki({ pss, digest }: Signing, facts: PublicKeyFacts): Uint8Array | undefined {
  return pss && pss.mgfDigest !== digest ? pssSpki(pss, facts.keyBits) : undefined
}

// A key that comes once, as each requester's does, is cheapest handed over as bytes. One that comes again — an
// authority's — is worth keeping: importing it costs a fifth of a P-256 verification.
const recent = new RecentlyUsed<KeyObject | 'seen once'>(64)

function publicKey(spki: Uint8Array): KeyObject | PublicKeyInput {
  const bytes = Buffer.from(spki.buffer, spki.byteOffset, spki.byteLength)
  const input: PublicKeyInput = { key: bytes, format: 'der', type: 'spki' }
  const name = bytes.toString('latin1')
  const known = recent.get(name)
  if (known === undefined) {
    recent.set(name, 'seen once')
    return input
  }
  if (known !== 'seen once') return known
  const key = createPublicKey(input)
  recent.set(name, key)
  return key
}

function engineKey(handle: KeyObject): EngineKey {
  return { handle: handle as KeyHandle, spki: plain(createPublicKey(handle).export({ type: 'spki', format: 'der' })) }
}
