// Identifiers and public keys that somebody damaged: a coded error, or a value that is what it says.

import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { damaged } from '../../test/damage.ts'
import { equal } from '../bytes/index.ts'
import { isPkiError } from '../errors/index.ts'
import {
  KEY_SPECS,
  oaepIdentifier,
  pssSignature,
  pssSpki,
  readOaepIdentifier,
  readPublicKey,
  readSignatureIdentifier,
  SIGNATURES,
} from './index.ts'

/** What `read` gives, or undefined for a coded error; anything else is a failure. */
function outcome<T>(read: (der: Uint8Array) => T, der: Uint8Array): T | undefined {
  try {
    return read(der)
  } catch (error) {
    if (isPkiError(error)) return undefined
    throw error
  }
}

function check(originals: readonly Uint8Array[], judge: (der: Uint8Array, how: string) => void): void {
  const property = fc.property(
    fc.constantFrom(...originals).chain((one) => damaged(one)),
    ({ bytes, how }) => judge(bytes, how),
  )
  fc.assert(property, { numRuns: 4_000 })
}

test('a damaged signature algorithm is an error, has no row, or is a row’s own encoding', () => {
  const unusual = pssSignature({ digest: 'SHA-256', mgfDigest: 'SHA-512', saltLength: 17 })
  check(
    [...SIGNATURES, unusual].flatMap((row) => [row.identifier, ...row.alternates]),
    (der, how) => {
      const row = outcome(readSignatureIdentifier, der)?.row
      if (!row) return
      // In parameters of RSA-PSS each digest may be with NULL or without it, one by one.
      if (row.scheme === 'pss') assert.deepEqual(readSignatureIdentifier(row.identifier).row?.pss, row.pss, how)
      else
        assert.ok(
          [row.identifier, ...row.alternates].some((one) => equal(one, der)),
          how,
        )
    },
  )
})

test('damaged parameters of RSA-OAEP are an error or parameters', () => {
  const label = Uint8Array.of(1, 2, 3)
  check(
    [
      oaepIdentifier({ digest: 'SHA-256', mgfDigest: 'SHA-1', label }),
      oaepIdentifier({ digest: 'SHA3-512', mgfDigest: 'SHA-384' }),
    ],
    (der, how) => {
      const parameters = outcome(readOaepIdentifier, der)
      if (parameters) assert.deepEqual(readOaepIdentifier(oaepIdentifier(parameters)), parameters, how)
    },
  )
})

test('a damaged public key is an error, or a key with the length of its kind', () => {
  const spkis = Object.values(KEY_SPECS)
    .filter(({ kind }) => kind !== 'rsa' && kind !== 'ec')
    .map(({ spec }) => spkiOf(spec))
  const rsa = spkiOf('rsa', { modulusLength: 1024 })
  const pss = pssSpki({ digest: 'SHA-256', mgfDigest: 'SHA-384', saltLength: 9 }, readPublicKey(rsa).keyBits)
  const curves = ['P-256', 'P-384', 'P-521'].map((namedCurve) => spkiOf('ec', { namedCurve }))
  check([...spkis, rsa, pss, ...curves], (der, how) => {
    const key = outcome(readPublicKey, der)
    if (!key || key.kind === 'other') return
    if (key.curve) assert.equal(key.keyBits.length, 1 + 2 * key.curve.size, how)
    if (key.rsa) assert.ok(key.rsa.modulus.at(-1)! & key.rsa.exponent.at(-1)! & 1, how)
    assert.ok(key.bits > 0, how)
  })
})

const spkiOf = (type: string, options: object = {}): Uint8Array =>
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of node:crypto want a literal type
  new Uint8Array((generateKeyPairSync as any)(type, options).publicKey.export({ type: 'spki', format: 'der' }))
