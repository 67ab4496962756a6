// Primitives against openssl, both ways.

import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import { type Bench, bench } from '@scel/testkit/peers'
import type { KeySpec, SignatureAlgorithm } from '../algorithms/index.ts'
import { KEY_SPECS, pssSignature, readSignatureIdentifier, SIGNATURES, signatureByName } from '../algorithms/index.ts'
import { fromHex, toHex, utf8 } from '../bytes/index.ts'
import { hasCode } from '../errors/index.ts'
import { parseCertificate } from '../x509/index.ts'
import type { KeyPair, PrivateKey } from './index.ts'
import {
  agree,
  DANGEROUS_SIGNATURES,
  decryptOaep,
  decryptPkcs1v15,
  encryptOaep,
  exportPrivateKey,
  generateKeyPair,
  hkdf,
  importPrivateKey,
  scrypt,
  sign,
  verify,
  verifyDangerously,
  x963Kdf,
} from './index.ts'

const DATA = utf8('what both sides sign')

/** A key pair in files of openssl: `name.key` and `name.pub`, both PEM. */
async function keyFiles(peer: Bench, name: string, spec: KeySpec): Promise<KeyPair> {
  const pair = await generateKeyPair(spec)
  peer.write(`${name}.der`, await exportPrivateKey(pair.privateKey))
  peer.run('openssl', 'pkey', '-inform', 'DER', '-in', `${name}.der`, '-out', `${name}.key`)
  peer.run('openssl', 'pkey', '-in', `${name}.key`, '-pubout', '-out', `${name}.pub`)
  return pair
}

const ok = ({ ok: good, text }: { ok: boolean; text: string }): void => assert.ok(good, text)

/** How openssl is told of an algorithm. */
function told(row: SignatureAlgorithm): readonly string[] {
  if (!row.digest) return ['-rawin']
  const digest = ['-rawin', '-digest', row.digest.toLowerCase().replace('sha-', 'sha')]
  if (!row.pss) return digest
  const { mgfDigest, saltLength } = row.pss
  const options = [
    'rsa_padding_mode:pss',
    `rsa_pss_saltlen:${saltLength}`,
    `rsa_mgf1_md:${mgfDigest.replace('SHA-', 'sha')}`,
  ]
  return [...digest, ...options.flatMap((option) => ['-pkeyopt', option])]
}

const UNUSUAL = [
  pssSignature({ digest: 'SHA-256', mgfDigest: 'SHA-512', saltLength: 17 }),
  pssSignature({ digest: 'SHA-512', mgfDigest: 'SHA-256', saltLength: 0 }),
  pssSignature({ digest: 'SHA-384', mgfDigest: 'SHA-384', saltLength: 20 }),
]

test('signatures of every algorithm that openssl 3.0 knows verify there, and its verify here', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  peer.write('data', DATA)
  for (const spec of ['rsa-2048', 'ec-p256', 'ec-p384', 'ec-p521', 'ed25519', 'ed448'] as const) {
    const { privateKey, publicKey } = await keyFiles(peer, spec, spec)
    const rows = [...SIGNATURES, ...UNUSUAL].filter((row) => row.keyOids.includes(KEY_SPECS[spec].oid))
    assert.ok(rows.length > 0)
    for (const row of rows) {
      ok(peer.run('openssl', 'pkeyutl', '-sign', '-inkey', `${spec}.key`, '-in', 'data', '-out', 'sig', ...told(row)))
      assert.equal(await verify(row, publicKey, DATA, peer.read('sig')), true, `${spec} ${row.name}`)
      assert.equal(await verify(row, publicKey, utf8('other'), peer.read('sig')), false, `${spec} ${row.name}`)
      if (row.pss && row.pss.mgfDigest !== row.digest) {
        // Node offers no digest of MGF1 to sign with, and nobody needs it.
        await assert.rejects(sign(privateKey, DATA, row), (error) => hasCode(error, 'algorithm_unsupported'))
        continue
      }
      peer.write('own', await sign(privateKey, DATA, row))
      const pub = ['-pubin', '-inkey', `${spec}.pub`]
      ok(peer.run('openssl', 'pkeyutl', '-verify', ...pub, '-in', 'data', '-sigfile', 'own', ...told(row)))
    }
  }
})

test('certificates that openssl signs with RSA-PSS of any parameters verify; with SHA-1 they are unsupported', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  peer.run('openssl', 'genpkey', '-algorithm', 'RSA', '-out', 'rsa.key')
  const made = (digest: string, ...options: readonly string[]) => {
    const sigopt = ['rsa_padding_mode:pss', ...options].flatMap((option) => ['-sigopt', option])
    const subject = ['-subj', '/CN=pss', '-days', '9']
    const to = ['-outform', 'DER', '-out', 'pss.der']
    ok(peer.run('openssl', 'req', '-x509', '-new', '-key', 'rsa.key', `-${digest}`, ...sigopt, ...subject, ...to))
    return parseCertificate(peer.read('pss.der'))
  }
  for (const [digest, mask, salt] of [
    ['sha256', 'sha256', '32'],
    ['sha384', 'sha256', '11'],
    ['sha512', 'sha512', '0'],
    ['sha256', 'sha512', '222'], // what 2048 bits hold beside the digest and two octets
  ] as const) {
    const certificate = made(digest, `rsa_mgf1_md:${mask}`, `rsa_pss_saltlen:${salt}`)
    const { row } = certificate.signatureAlgorithm
    assert.equal(row?.pss?.saltLength, Number(salt))
    const { spki } = certificate.publicKey
    assert.equal(await verify(row!, spki, certificate.signedBytes, certificate.signature), true, `${digest} ${mask}`)
    const other = pssSignature({ ...row!.pss!, saltLength: row!.pss!.saltLength + 1 })
    assert.equal(await verify(other, spki, certificate.signedBytes, certificate.signature), false, 'another salt')
  }
  assert.equal(made('sha1').signatureAlgorithm.row, undefined)
  assert.equal(made('sha256', 'rsa_mgf1_md:sha1').signatureAlgorithm.row, undefined)
})

test('a key that openssl restricts to RSA-PSS verifies what it allows and nothing else', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  peer.write('data', DATA)
  const made = (...options: readonly string[]): Uint8Array => {
    const pkeyopt = options.flatMap((option) => ['-pkeyopt', option])
    ok(peer.run('openssl', 'genpkey', '-algorithm', 'RSA-PSS', ...pkeyopt, '-out', 'pss.key'))
    ok(peer.run('openssl', 'pkey', '-in', 'pss.key', '-pubout', '-outform', 'DER', '-out', 'pss.pub'))
    return peer.read('pss.pub')
  }
  const signed = (row: SignatureAlgorithm): Uint8Array => {
    ok(peer.run('openssl', 'pkeyutl', '-sign', '-inkey', 'pss.key', '-in', 'data', '-out', 'sig', ...told(row)))
    return peer.read('sig')
  }
  const mismatch = (error: unknown): boolean => hasCode(error, 'key_mismatch')
  const pss = signatureByName('RSA-PSS with SHA-256')
  const free = made()
  assert.equal(await verify(pss, free, DATA, signed(pss)), true)
  const pkcs1 = signatureByName('RSA with SHA-256')
  await assert.rejects(verify(pkcs1, free, DATA, signed(pss)), mismatch)
  const bound = made('rsa_pss_keygen_md:sha256', 'rsa_pss_keygen_mgf1_md:sha512', 'rsa_pss_keygen_saltlen:24')
  const parameters = { digest: 'SHA-256', mgfDigest: 'SHA-512' } as const
  for (const saltLength of [24, 32]) {
    const row = pssSignature({ ...parameters, saltLength })
    assert.equal(await verify(row, bound, DATA, signed(row)), true)
  }
  await assert.rejects(
    verify(pssSignature({ ...parameters, saltLength: 23 }), bound, DATA, new Uint8Array(256)),
    mismatch,
  )
  for (const row of [pss, signatureByName('RSA-PSS with SHA-512'), pkcs1]) {
    await assert.rejects(verify(row, bound, DATA, new Uint8Array(256)), mismatch)
  }
  const weak = made('rsa_pss_keygen_md:sha1', 'rsa_pss_keygen_mgf1_md:sha1', 'rsa_pss_keygen_saltlen:20')
  await assert.rejects(verify(pss, weak, DATA, new Uint8Array(256)), (error) => hasCode(error, 'algorithm_unsupported'))
})

test('SHA-1 signatures of openssl verify under danger only', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  peer.write('data', DATA)
  for (const [spec, index] of [
    ['rsa-2048', 0],
    ['ec-p256', 1],
  ] as const) {
    const { publicKey } = await keyFiles(peer, spec, spec)
    const row = DANGEROUS_SIGNATURES[index]!
    const options = ['-rawin', '-digest', 'sha1']
    ok(peer.run('openssl', 'pkeyutl', '-sign', '-inkey', `${spec}.key`, '-in', 'data', '-out', 'sig', ...options))
    assert.equal(await verifyDangerously(row.oid, publicKey, DATA, peer.read('sig')), true)
    assert.equal(await verifyDangerously(row.oid, publicKey, utf8('other'), peer.read('sig')), false)
    assert.equal(readSignatureIdentifier(row.identifier).row, undefined)
    assert.equal(
      await verify(
        signatureByName(index ? 'ECDSA with SHA-256' : 'RSA with SHA-256'),
        publicKey,
        DATA,
        peer.read('sig'),
      ),
      false,
    )
  }
})

test('openssl agrees on the same secret, on every curve', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  for (const spec of ['ec-p256', 'ec-p384', 'ec-p521', 'x25519', 'x448'] as const) {
    const own: KeyPair = await keyFiles(peer, 'own', spec)
    const theirs: KeyPair = await keyFiles(peer, 'theirs', spec)
    ok(peer.run('openssl', 'pkeyutl', '-derive', '-inkey', 'theirs.key', '-peerkey', 'own.pub', '-out', 'secret'))
    assert.equal(toHex(await agree(own.privateKey, theirs.publicKey)), toHex(peer.read('secret')), spec)
  }
})

test('RSA-OAEP with any two digests and a label opens there and here', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const { privateKey, publicKey } = await keyFiles(peer, 'rsa', 'rsa-2048')
  peer.write('data', DATA)
  for (const [digest, mgfDigest, label] of [
    ['SHA-1', 'SHA-1', ''],
    ['SHA-256', 'SHA-256', '0102'],
    ['SHA-256', 'SHA-1', ''],
    ['SHA-512', 'SHA-256', 'ff00ff'],
  ] as const) {
    const parameters = { digest, mgfDigest, label: fromHex(label) }
    const name = (text: string): string => text.replace('SHA-', 'sha')
    const options = [
      ...['rsa_padding_mode:oaep', `rsa_oaep_md:${name(digest)}`, `rsa_mgf1_md:${name(mgfDigest)}`],
      ...(label ? [`rsa_oaep_label:${label}`] : []),
    ].flatMap((option) => ['-pkeyopt', option])
    const pub = ['-pubin', '-inkey', 'rsa.pub']
    ok(peer.run('openssl', 'pkeyutl', '-encrypt', ...pub, '-in', 'data', '-out', 'their', ...options))
    assert.deepEqual(await decryptOaep(privateKey, parameters, peer.read('their')), DATA)
    peer.write('own', await encryptOaep(publicKey, parameters, DATA))
    ok(peer.run('openssl', 'pkeyutl', '-decrypt', '-inkey', 'rsa.key', '-in', 'own', '-out', 'plain', ...options))
    assert.deepEqual(peer.read('plain'), DATA)
  }
})

test('what openssl encrypts with PKCS #1 v1.5 opens', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const { privateKey } = await keyFiles(peer, 'rsa', 'rsa-2048')
  peer.write('data', DATA)
  ok(peer.run('openssl', 'pkeyutl', '-encrypt', '-pubin', '-inkey', 'rsa.pub', '-in', 'data', '-out', 'their'))
  assert.deepEqual(await decryptPkcs1v15(privateKey, peer.read('their'), DATA.length), DATA)
  assert.notDeepEqual(await decryptPkcs1v15(privateKey, peer.read('their'), DATA.length - 1), DATA.subarray(1))
})

function derived(t: TestContext, name: string, length: number, ...options: readonly string[]): string | undefined {
  const peer = bench(t, 'openssl')
  if (!peer) return undefined
  const kdfopt = options.flatMap((option) => ['-kdfopt', option])
  const answer = peer.run('openssl', 'kdf', '-binary', '-keylen', `${length}`, ...kdfopt, name)
  ok(answer)
  return toHex(answer.out)
}

test('openssl derives the same keys', async (t) => {
  const [secret, salt, info] = ['00112233445566778899aabbccddeeff', '0f0e0d', 'a0a1'].map(fromHex)
  const hex = { secret: toHex(secret!), salt: toHex(salt!), info: toHex(info!) }
  const ours = await hkdf('SHA-384', secret!, salt!, info!, 100)
  const options = ['digest:SHA384', `hexkey:${hex.secret}`, `hexsalt:${hex.salt}`, `hexinfo:${hex.info}`]
  const theirs = derived(t, 'HKDF', 100, ...options)
  if (!theirs) return
  assert.equal(toHex(ours), theirs)
  const x963 = ['digest:SHA512', `hexsecret:${hex.secret}`, `hexinfo:${hex.info}`]
  assert.equal(toHex(await x963Kdf('SHA-512', secret!, info!, 150)), derived(t, 'X963KDF', 150, ...x963))
  const hard = [`hexpass:${hex.secret}`, `hexsalt:${hex.salt}`, 'n:1024', 'r:8', 'p:2']
  assert.equal(toHex(await scrypt(secret!, salt!, { N: 1024, r: 8, p: 2 }, 70)), derived(t, 'SCRYPT', 70, ...hard))
})

test('a key that openssl makes agrees and signs as one of ours', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  for (const [algorithm, spec] of [
    ['X25519', 'x25519'],
    ['X448', 'x448'],
    ['ED448', 'ed448'],
  ] as const) {
    ok(peer.run('openssl', 'genpkey', '-algorithm', algorithm, '-outform', 'DER', '-out', 'their.der'))
    const key: PrivateKey = await importPrivateKey(peer.read('their.der'))
    assert.equal(key.spec, spec)
    if (spec === 'ed448') assert.ok(await verify(signatureByName('Ed448'), key.publicKey, DATA, await sign(key, DATA)))
    else assert.ok(await agree(key, (await generateKeyPair(spec)).publicKey))
  }
})
