import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { damaged } from '../../../test/damage.ts'
import type { KeySpec } from '../../algorithms/index.ts'
import { defaultSignature, KEY_SPECS } from '../../algorithms/index.ts'
import { equal, fromUtf8, pemEncode, toBase64, toHex, utf8 } from '../../bytes/index.ts'
import { isPkiError } from '../../errors/index.ts'
import type { AnyPrivateKey, KeyPair } from '../index.ts'
import {
  encryptPrivateKey,
  exportPrivateKey,
  generateKeyPair,
  jwkOfPrivateKey,
  jwkOfSpki,
  pkcs1OfPrivateKey,
  readPrivateKey,
  readSpki,
  sec1OfPrivateKey,
  sign,
  verify,
} from '../index.ts'

interface File {
  readonly pair: KeyPair
  readonly bytes: Uint8Array
  /** Whether the file holds enough to tell that a changed key is not this one. */
  readonly tied: boolean
}

const PASSPHRASE = 'clé'

async function files(): Promise<Record<string, File>> {
  const all: Record<string, File> = {}
  for (const spec of ['ec-p256', 'rsa-2048', 'ed25519', 'x25519', 'ml-dsa-44', 'ml-kem-512'] as const) {
    const pair = await generateKeyPair(spec)
    const tied = spec === 'ec-p256' || spec === 'rsa-2048'
    all[`PKCS #8 of ${spec}`] = { pair, bytes: await exportPrivateKey(pair.privateKey), tied }
    const jwk = utf8(JSON.stringify(await jwkOfPrivateKey(pair.privateKey)))
    all[`JWK of ${spec}`] = { pair, bytes: jwk, tied: true }
    if (!spec.startsWith('ml')) continue
    all[`both of ${spec}`] = { pair, bytes: await exportPrivateKey(pair.privateKey, { form: 'both' }), tied: true }
    const expanded = await exportPrivateKey(pair.privateKey, { form: 'expanded' })
    all[`expanded ${spec}`] = { pair, bytes: expanded, tied: false }
  }
  const [ec, rsa] = [await generateKeyPair('ec-p384'), await generateKeyPair('rsa-2048')]
  all['SEC 1'] = { pair: ec, bytes: await sec1OfPrivateKey(ec.privateKey), tied: true }
  all['PKCS #1'] = { pair: rsa, bytes: await pkcs1OfPrivateKey(rsa.privateKey), tied: true }
  const locked = await encryptPrivateKey(ec.privateKey, PASSPHRASE, { iterations: 1 })
  all['encrypted PKCS #8'] = { pair: ec, bytes: locked, tied: true }
  all.PEM = { pair: ec, bytes: utf8(pemEncode('EC PRIVATE KEY', await sec1OfPrivateKey(ec.privateKey))), tied: true }
  return all
}

test('a damaged private key is refused by a code, or is a whole key and no half of one', async () => {
  for (const [name, { pair, bytes, tied }] of Object.entries(await files())) {
    await fc.assert(
      fc.asyncProperty(damaged(bytes), async ({ bytes: broken, how }) => {
        const key = await readPrivateKey(broken, { passphrase: PASSPHRASE, dangerAnySize: true }).catch(codedError)
        if (!key) return
        if (tied) assert.ok(equal(key.publicKey, pair.publicKey), `${name}: ${how}: another key`)
        else await assertWhole(key, `${name}: ${how}`)
      }),
      { numRuns: 60 },
    )
  }
})

test('no byte of a private key is in the error that refuses it', async () => {
  for (const [name, { bytes }] of Object.entries(await files())) {
    const secrets = [bytes.subarray(40, 52), bytes.subarray(-24, -12)]
    await fc.assert(
      fc.asyncProperty(damaged(bytes), async ({ bytes: broken }) => {
        const error = await readPrivateKey(broken, { passphrase: PASSPHRASE }).then(() => undefined, codedCause)
        const shown = error ? inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error) : ''
        for (const secret of secrets) {
          for (const text of [toHex(secret), toBase64(secret), ...(isText(secret) ? [fromUtf8(secret)] : [])]) {
            assert.ok(!shown.includes(text), name)
          }
        }
      }),
      { numRuns: 15 },
    )
  }
})

test('a damaged public key is refused by a code, or is a key', async () => {
  for (const spec of ['ec-p256', 'rsa-2048', 'ed448', 'ml-kem-512'] as const) {
    const { publicKey } = await generateKeyPair(spec)
    for (const bytes of [
      publicKey,
      utf8(JSON.stringify(jwkOfSpki(publicKey))),
      utf8(pemEncode('PUBLIC KEY', publicKey)),
    ]) {
      fc.assert(
        fc.property(damaged(bytes), ({ bytes: broken }) => {
          try {
            readSpki(broken)
          } catch (error) {
            codedError(error)
          }
        }),
        { numRuns: 200 },
      )
    }
  }
})

/** Shows that both halves are one key; those that do not sign are the platform's word. */
async function assertWhole(key: AnyPrivateKey, what: string): Promise<void> {
  const spec = key.spec as KeySpec
  if (KEY_SPECS[spec].use !== 'sign') return
  const row = defaultSignature(spec)
  const data = utf8('whole')
  assert.ok(await verify(row, key.publicKey, data, await sign(key, data, row)), what)
}

function codedError(error: unknown): undefined {
  if (!isPkiError(error)) throw error
  return undefined
}

function codedCause(error: unknown): unknown {
  codedError(error)
  return error
}

const isText = (bytes: Uint8Array): boolean => bytes.every((octet) => octet >= 0x20 && octet < 0x7f)
