// Key files of others, and ours opened by them: OpenSSL 3.0, GnuTLS, and the OpenSSL inside Node, which knows the
// post-quantum keys.

import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { test } from 'node:test'
import { bench } from '@scel/testkit/peers'
import type { KeySpec } from '../../algorithms/index.ts'
import { KEY_SPECS } from '../../algorithms/index.ts'
import { pemDecode, pemEncode, toHex } from '../../bytes/index.ts'
import { hasCode } from '../../errors/index.ts'
import type { PrivateKey } from '../index.ts'
import {
  encryptPrivateKey,
  exportPrivateKey,
  generateKeyPair,
  keyMatches,
  pkcs1OfPrivateKey,
  publicKeyFingerprint,
  readPrivateKey,
  readSpki,
  sec1OfPrivateKey,
} from '../index.ts'

const specs = (Object.keys(KEY_SPECS) as KeySpec[]).filter((spec) => spec !== 'rsa-4096') // seconds to make
/** What OpenSSL 3.0 knows, and how it is asked for. */
const OPENSSL: Readonly<Partial<Record<KeySpec, readonly string[]>>> = {
  'rsa-2048': ['RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  'rsa-3072': ['RSA', '-pkeyopt', 'rsa_keygen_bits:3072'],
  'ec-p256': ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  'ec-p384': ['EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  'ec-p521': ['EC', '-pkeyopt', 'ec_paramgen_curve:P-521'],
  ed25519: ['ED25519'],
  ed448: ['ED448'],
  x25519: ['X25519'],
  x448: ['X448'],
}

test('we open every form of key that openssl writes, and find the public key that it finds', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  for (const [spec, algorithm] of Object.entries(OPENSSL)) {
    const run = (...args: readonly string[]): void => {
      const answer = peer.run('openssl', ...args)
      assert.ok(answer.ok, `${spec}: ${args.join(' ')}: ${answer.text}`)
    }
    run('genpkey', '-algorithm', ...algorithm, '-out', 'key.pem')
    run('pkey', '-in', 'key.pem', '-pubout', '-outform', 'DER', '-out', 'public.der')
    run('pkey', '-in', 'key.pem', '-pubout', '-out', 'public.pem')
    run('pkcs8', '-topk8', '-nocrypt', '-in', 'key.pem', '-outform', 'DER', '-out', 'pkcs8.der')
    run('pkcs8', '-topk8', '-in', 'key.pem', '-passout', 'pass:été', '-out', 'default.pem')
    const asked = ['-topk8', '-in', 'key.pem', '-passout', 'pass:été']
    run('pkcs8', ...asked, '-v2', 'aes-128-cbc', '-v2prf', 'hmacWithSHA512', '-iter', '3', '-out', 'aes128.pem')
    run('pkcs8', ...asked, '-v2', 'aes-192-cbc', '-v2prf', 'hmacWithSHA1', '-outform', 'DER', '-out', 'aes192.der')
    run('pkcs8', ...asked, '-v2', 'aes-256-cbc', '-scrypt', '-scrypt_N', '1024', '-out', 'scrypt.pem')
    const files = ['key.pem', 'pkcs8.der', 'default.pem', 'aes128.pem', 'aes192.der', 'scrypt.pem']
    if (/^(rsa|ec)-/.test(spec)) {
      run('pkey', '-in', 'key.pem', '-traditional', '-out', 'traditional.pem')
      run('pkey', '-in', 'key.pem', '-traditional', '-outform', 'DER', '-out', 'traditional.der')
      files.push('traditional.pem', 'traditional.der')
    }
    for (const file of files) {
      const key: PrivateKey = await readPrivateKey(peer.read(file), { passphrase: 'été' })
      assert.equal(key.spec, spec, file)
      assert.deepEqual(key.publicKey, peer.read('public.der'), `${spec} ${file}`)
    }
    assert.deepEqual(readSpki(peer.text('public.pem')), peer.read('public.der'))
    const sum: string | undefined = peer.run('sha256sum', 'public.der').text.split(' ')[0]
    assert.equal(await publicKeyFingerprint(readSpki(peer.read('public.der'))), sum)
  }
})

test('openssl opens every form of key that we write', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  for (const spec of Object.keys(OPENSSL) as KeySpec[]) {
    const { privateKey, publicKey } = await generateKeyPair(spec)
    const files: [string, string][] = [
      ['pkcs8.pem', pemEncode('PRIVATE KEY', await exportPrivateKey(privateKey))],
      ['pbkdf2.pem', pemEncode('ENCRYPTED PRIVATE KEY', await encryptPrivateKey(privateKey, 'été', { iterations: 9 }))],
      [
        'scrypt.pem',
        pemEncode('ENCRYPTED PRIVATE KEY', await encryptPrivateKey(privateKey, 'été', { derivation: 'scrypt' })),
      ],
    ]
    if (spec.startsWith('rsa')) {
      files.push(['traditional.pem', pemEncode('RSA PRIVATE KEY', await pkcs1OfPrivateKey(privateKey))])
    }
    if (spec.startsWith('ec')) {
      files.push(['traditional.pem', pemEncode('EC PRIVATE KEY', await sec1OfPrivateKey(privateKey))])
    }
    for (const [file, pem] of files) {
      peer.write(file, pem)
      const opened = peer.run('openssl', 'pkey', '-in', file, '-passin', 'pass:été', '-pubout', '-outform', 'DER')
      assert.deepEqual(opened.out, publicKey, `${spec} ${file}: ${opened.text}`)
      const check = peer.run('openssl', 'pkey', '-in', file, '-passin', 'pass:été', '-noout', '-check')
      assert.ok(check.ok || /not supported|Key is valid/.test(check.text), `${spec} ${file}: ${check.text}`)
    }
  }
})

test('the old encryption of openssl is refused with its own reason, in either kind of file', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  for (const algorithm of [OPENSSL['rsa-2048']!, OPENSSL['ec-p256']!]) {
    peer.run('openssl', 'genpkey', '-algorithm', ...algorithm, '-out', 'key.pem')
    const old = ['-traditional', '-aes256', '-passout', 'pass:x']
    const made = peer.run('openssl', 'pkey', '-in', 'key.pem', ...old, '-out', 'old.pem')
    assert.ok(made.ok && /Proc-Type/.test(peer.text('old.pem')), made.text)
    await assert.rejects(readPrivateKey(peer.text('old.pem'), { passphrase: 'x' }), (error) =>
      hasCode(error, 'pem_encryption_old'),
    )
  }
})

test('GnuTLS reads our keys and we read its', async (t) => {
  const peer = bench(t, 'certtool')
  if (!peer) return
  const types = { 'rsa-2048': 'rsa', 'ec-p256': 'ecdsa', ed25519: 'ed25519', ed448: 'ed448', x25519: 'x25519' } as const
  for (const [spec, type] of Object.entries(types)) {
    const { privateKey, publicKey } = await generateKeyPair(spec as KeySpec)
    peer.write('ours.pem', pemEncode('PRIVATE KEY', await exportPrivateKey(privateKey)))
    const info = peer.run('certtool', '--key-info', '--infile', 'ours.pem')
    assert.ok(info.ok, `${spec}: ${info.text}`)
    const pin = /sha256:([0-9a-f]{64})/.exec(info.text)?.[1]
    assert.equal(pin, await publicKeyFingerprint(publicKey), spec)
    const size = spec === 'rsa-2048' ? ['--bits', '2048'] : []
    const curve = spec === 'ec-p256' ? ['--curve', 'secp256r1'] : []
    const made = peer.run(
      'certtool',
      '--generate-privkey',
      '--key-type',
      type,
      ...size,
      ...curve,
      '--outfile',
      'key.pem',
    )
    assert.ok(made.ok, made.text)
    const locked = ['--to-p8', '--load-privkey', 'key.pem', '--pkcs-cipher', 'aes-256', '--password', 'été']
    const converted = peer.run('certtool', ...locked, '--outfile', 'locked.pem')
    assert.ok(converted.ok, converted.text)
    const key: PrivateKey = await readPrivateKey(peer.text('locked.pem'), { passphrase: 'été' })
    assert.equal(key.spec, spec)
    const theirs = peer.run('certtool', '--load-privkey', 'key.pem', '--pubkey-info')
    assert.ok(keyMatches(key, readSpki(theirs.text.slice(theirs.text.indexOf('-----BEGIN')))), spec)
  }
})

test('Node reads every kind and form of key that we write, and we read its', async () => {
  for (const spec of specs) {
    const { privateKey, publicKey } = await generateKeyPair(spec)
    for (const form of ['seed', 'expanded', 'both'] as const) {
      const der = await exportPrivateKey(privateKey, { form })
      const node = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' })
      const spki = new Uint8Array(createPublicKey(node).export({ format: 'der', type: 'spki' }))
      assert.equal(toHex(spki), toHex(publicKey), `${spec} ${form}`)
    }
    const locked = await encryptPrivateKey(privateKey, 'Clé 42', { iterations: 3 })
    const node = createPrivateKey({ key: Buffer.from(locked), format: 'der', type: 'pkcs8', passphrase: 'Clé 42' })
    const cipher = { cipher: 'aes-256-cbc', passphrase: 'Clé 43' } as const
    const theirs = node.export({ format: 'pem', type: 'pkcs8', ...cipher }) as string
    assert.deepEqual((await readPrivateKey(theirs, { passphrase: 'Clé 43' })).publicKey, publicKey, spec)
    assert.equal(pemDecode(theirs)[0]!.label, 'ENCRYPTED PRIVATE KEY')
  }
})
