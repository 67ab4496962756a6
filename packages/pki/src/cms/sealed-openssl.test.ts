// Both ways with OpenSSL: what we seal it opens, and what it seals we open.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Holder } from '@scel/testkit/authority'
import { type Bench, bench } from '@scel/testkit/peers'
import { keyOf, open, receiver, seal } from '../../test/sealing.ts'
import { fromHex, pemEncode, toHex } from '../bytes/index.ts'
import { exportPrivateKey, randomBytes } from '../crypto/index.ts'
import { hasCode } from '../errors/index.ts'
import type { OpenOptions, Recipient } from './index.ts'

// Longer than the pieces of either side, and no whole number of blocks.
const CONTENT = randomBytes(2_500_003)
const KEK = { identifier: fromHex('010203'), key: randomBytes(24) }
const CIPHERS = ['AES-128-GCM', 'AES-256-GCM', 'AES-128-CBC', 'AES-256-CBC'] as const

async function save(folder: Bench, name: string, { certificate, keys }: Holder): Promise<void> {
  folder.write(`${name}.pem`, pemEncode('CERTIFICATE', certificate.der))
  folder.write(`${name}.key`, pemEncode('PRIVATE KEY', await exportPrivateKey(keys.privateKey)))
}

test('OpenSSL opens what we seal: RSA both ways, ECDH on every curve, passphrase and secret key, every cipher', async (t) => {
  const folder = bench(t, 'openssl')
  if (!folder) return
  const specs = ['rsa-2048', 'rsa-3072', 'ec-p256', 'ec-p384', 'ec-p521'] as const
  const holders = await Promise.all(specs.map((spec) => receiver(spec)))
  for (const [i, spec] of specs.entries()) await save(folder, spec, holders[i]!)
  const recipients: Recipient[] = [
    ...holders.map(
      ({ certificate }, i) =>
        ({ kind: 'certificate', certificate, keyTransport: i === 0 ? 'PKCS1-v1.5' : 'OAEP' }) as const,
    ),
    { kind: 'passphrase', passphrase: 'secret', iterations: 2_048 },
    { kind: 'secret-key', ...KEK },
  ]
  for (const cipher of CIPHERS) {
    folder.write('sealed', await seal(CONTENT, { recipients, cipher }))
    const ways = [
      ...specs.map((spec) => ['-recip', `${spec}.pem`, '-inkey', `${spec}.key`]),
      ['-pwri_password', 'secret'],
      ['-secretkey', toHex(KEK.key), '-secretkeyid', toHex(KEK.identifier)],
    ]
    for (const way of ways) {
      const { ok, text } = folder.run(
        'openssl',
        'cms',
        '-decrypt',
        '-binary',
        '-inform',
        'DER',
        '-in',
        'sealed',
        '-out',
        'out',
        ...way,
      )
      assert.ok(ok, `${cipher} ${way.join(' ')}: ${text}`)
      assert.ok(Buffer.from(CONTENT).equals(folder.read('out')), `${cipher} ${way.join(' ')}`)
    }
  }
})

test('we open what OpenSSL seals: streamed or not, any padding, digest and curve, by name or by key identifier', async (t) => {
  const folder = bench(t, 'openssl')
  if (!folder) return
  folder.write('content', CONTENT)
  const specs = ['rsa-2048', 'ec-p256', 'ec-p384', 'ec-p521'] as const
  const holders = Object.fromEntries(
    await Promise.all(specs.map(async (spec) => [spec, await receiver(spec)] as const)),
  ) as Record<(typeof specs)[number], Holder>
  for (const spec of specs) await save(folder, spec, holders[spec])
  const recip = (spec: (typeof specs)[number], ...options: string[]): string[] => [
    '-recip',
    `${spec}.pem`,
    ...options.flatMap((option) => ['-keyopt', option]),
  ]
  const wishes: readonly (readonly [args: readonly string[], options: OpenOptions, algorithm: string])[] = [
    [['-aes-256-gcm', ...recip('rsa-2048')], { keys: [keyOf(holders['rsa-2048'])] }, 'RSA PKCS #1 v1.5'],
    [['-aes-128-cbc', '-keyid', ...recip('rsa-2048')], { keys: [keyOf(holders['rsa-2048'])] }, 'RSA PKCS #1 v1.5'],
    [
      ['-aes-192-gcm', ...recip('rsa-2048', 'rsa_padding_mode:oaep')],
      { keys: [keyOf(holders['rsa-2048'])] },
      'RSA-OAEP',
    ],
    [
      ['-aes-256-cbc', ...recip('rsa-2048', 'rsa_padding_mode:oaep', 'rsa_oaep_md:sha256', 'rsa_mgf1_md:sha384')],
      { keys: [keyOf(holders['rsa-2048'])] },
      'RSA-OAEP',
    ],
    [['-aes-256-gcm', ...recip('ec-p256')], { keys: [keyOf(holders['ec-p256'])] }, 'ECDH with X9.63 SHA-1'],
    [
      ['-aes-128-gcm', '-keyid', ...recip('ec-p256', 'ecdh_kdf_md:sha256')],
      { keys: [keyOf(holders['ec-p256'])] },
      'ECDH with X9.63 SHA-256',
    ],
    [
      ['-aes-256-gcm', ...recip('ec-p384', 'ecdh_kdf_md:sha384', 'ecdh_cofactor_mode:1')],
      { keys: [keyOf(holders['ec-p384'])] },
      'ECDH with X9.63 SHA-384 (cofactor)',
    ],
    [
      ['-aes-256-cbc', ...recip('ec-p521', 'ecdh_kdf_md:sha512')],
      { keys: [keyOf(holders['ec-p521'])] },
      'ECDH with X9.63 SHA-512',
    ],
    [['-aes-256-cbc', '-pwri_password', 'secret'], { passphrase: 'secret' }, 'PWRI-KEK'],
    [
      ['-aes-256-gcm', '-secretkey', toHex(KEK.key), '-secretkeyid', toHex(KEK.identifier)],
      { secretKeys: [KEK] },
      'AES-192-KW',
    ],
    [
      ['-aes-256-gcm', ...recip('rsa-2048'), ...recip('ec-p256'), ...recip('ec-p521')],
      { keys: [keyOf(holders['ec-p521'])] },
      'ECDH with X9.63 SHA-1',
    ],
    [
      ['-des3', ...recip('rsa-2048')],
      { keys: [keyOf(holders['rsa-2048'])], danger: { oldCiphers: true } },
      'RSA PKCS #1 v1.5',
    ],
  ]
  for (const form of ['-stream', '-noindef']) {
    for (const [args, options, algorithm] of wishes) {
      // Triple DES here is not made for megabytes.
      if (args.includes('-des3')) folder.write('content', CONTENT.subarray(0, 10_001))
      const { ok, text } = folder.run(
        'openssl',
        'cms',
        '-encrypt',
        '-binary',
        '-outform',
        'DER',
        '-in',
        'content',
        '-out',
        'sealed',
        form,
        ...args,
      )
      const expected = folder.read('content')
      folder.write('content', CONTENT)
      assert.ok(ok, `${args.join(' ')}: ${text}`)
      const opened = await open(folder.read('sealed'), options)
      assert.ok(Buffer.from(opened.content).equals(expected), args.join(' '))
      assert.equal(opened.recipient?.algorithm, algorithm)
      assert.equal(
        opened.authenticated,
        args.some((arg) => arg.endsWith('gcm')),
      )
    }
  }
})

test('we read what OpenSSL writes without recipients: encrypted and digested data', async (t) => {
  const folder = bench(t, 'openssl')
  if (!folder) return
  folder.write('content', CONTENT)
  const run = (...args: string[]): Uint8Array => {
    const { ok, text } = folder.run(
      'openssl',
      'cms',
      '-binary',
      '-outform',
      'DER',
      '-in',
      'content',
      '-out',
      'made',
      ...args,
    )
    assert.ok(ok, text)
    return folder.read('made')
  }
  const contentKey = randomBytes(16)
  const encrypted = run('-EncryptedData_encrypt', '-aes-128-cbc', '-secretkey', toHex(contentKey))
  assert.ok(Buffer.from((await open(encrypted, { contentKey })).content).equals(CONTENT))
  // CBC alone authenticates nothing: with a wrong key the padding is right by chance once in 256 times.
  const wrong = await open(encrypted, { contentKey: randomBytes(16) }).catch((error: unknown) => error)
  if (!hasCode(wrong, 'decryption_failed')) assert.notDeepEqual((wrong as { content: Uint8Array }).content, CONTENT)
  for (const length of [0, 15, 24, 32]) {
    const other = randomBytes(length)
    await assert.rejects(open(encrypted, { contentKey: other }), (error) => hasCode(error, 'decryption_failed'))
  }
  await assert.rejects(open(encrypted, {}), (error) => hasCode(error, 'not_a_recipient'))
  for (const digest of ['sha1', 'sha256', 'sha512']) {
    const digested = run('-digest_create', '-md', digest)
    assert.ok(Buffer.from((await open(digested, {})).content).equals(CONTENT), digest)
    digested[digested.length - 1]! ^= 1
    await assert.rejects(open(digested, {}), (error) => hasCode(error, 'cms_malformed'))
  }
})
