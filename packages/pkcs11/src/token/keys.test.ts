import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  constants,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
  publicEncrypt,
} from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pssSignature, type SignatureAlgorithm, signatureByName } from '@scel/pki/algorithms'
import { utf8 } from '@scel/pki/bytes'
import { defaultSignature, generateKeyPair, verify } from '@scel/pki/crypto'
import { hasTokenCode } from '../errors/token-error.ts'
import { type SoftTokens, softTokens } from '../testing/index.ts'
import { parseTokenUri } from '../uri/token-uri.ts'
import type { TokenKey } from './key.ts'
import { openToken, type Token } from './token.ts'

const message = utf8('to be signed')
const publicOf = (spki: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })

async function scene(t: TestContext): Promise<{ soft: SoftTokens; token: Token } | undefined> {
  const soft = await softTokens(t)
  if (!soft) return undefined
  const { token: label, modulePath, pinSource } = parseTokenUri(await soft.make('Keys'))
  const token = openToken({
    name: 'keys',
    module: modulePath!,
    token: { token: label! },
    pin: () => readFile(pinSource!),
  })
  t.after(() => token.close())
  return { soft, token }
}

test('signatures of a token are what certificates carry: the library and openssl agree', async (t) => {
  const made = await scene(t)
  if (!made) return
  const { token, soft } = made
  const rows: readonly (readonly ['ec-p256' | 'ec-p384' | 'rsa-3072', SignatureAlgorithm, readonly string[]])[] = [
    ['ec-p256', signatureByName('ECDSA with SHA-256'), ['-sha256']],
    ['ec-p256', signatureByName('ECDSA with SHA-384'), ['-sha384']],
    ['ec-p256', signatureByName('ECDSA with SHA3-512'), ['-sha3-512']],
    ['ec-p384', signatureByName('ECDSA with SHA-384'), ['-sha384']],
    ['rsa-3072', signatureByName('RSA with SHA-256'), ['-sha256']],
    ['rsa-3072', signatureByName('RSA with SHA-512'), ['-sha512']],
    ['rsa-3072', signatureByName('RSA-PSS with SHA-384'), ['-sha384', '-sigopt', 'rsa_padding_mode:pss']],
    [
      'rsa-3072',
      pssSignature({ digest: 'SHA-256', mgfDigest: 'SHA-256', saltLength: 20 }),
      ['-sha256', '-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:20'],
    ],
  ]
  await writeFile(join(soft.folder, 'message'), message)
  for (const spec of ['ec-p256', 'ec-p384', 'rsa-3072'] as const) await token.generate(spec, { label: spec })
  for (const [label, row, options] of rows) {
    const key = await token.key({ label })
    assert.equal(key.spec, label)
    const signature = await key.sign!(message, row)
    assert.ok(await verify(row, key.publicKey, message, signature), row.name)
    await writeFile(join(soft.folder, 'signature'), signature)
    await writeFile(join(soft.folder, 'key.pem'), publicOf(key.publicKey).export({ format: 'pem', type: 'spki' }))
    const judge = ['dgst', ...options, '-verify', 'key.pem', '-signature', 'signature', 'message']
    const { status, stdout, stderr } = spawnSync('openssl', judge, { cwd: soft.folder, encoding: 'utf8' })
    assert.equal(status, 0, `${row.name}: ${stdout}${stderr}`)
  }
})

test('a key is used for what it was made for, and it alone', async (t) => {
  const made = await scene(t)
  if (!made) return
  const key = await made.token.generate('rsa-2048', { label: 'signs', uses: ['sign'] })
  assert.deepEqual([typeof key.sign, key.decrypt, key.agree], ['function', undefined, undefined])
  const other = await made.token.generate('ec-p256', { label: 'agrees', uses: ['agree'] })
  assert.deepEqual([other.sign, other.decrypt, typeof other.agree], [undefined, undefined, 'function'])
  await assert.rejects(made.token.generate('ec-p256', { label: 'signs' }), (e) => hasTokenCode(e, 'key_taken'))
  await assert.rejects(made.token.generate('ed25519', { label: 'new' }), (e) => hasTokenCode(e, 'key_refused'))
  assert.deepEqual((await made.token.keys()).map(({ label }) => label).sort(), ['agrees', 'signs'])
})

test('SoftHSM’s own tool sees private keys that never leave', async (t) => {
  const made = await scene(t)
  if (!made) return
  await made.token.generate('ec-p256', { label: 'stays', uses: ['sign', 'agree'] })
  const seen = spawnSync(
    'pkcs11-tool',
    [
      '--module',
      made.soft.module,
      '--token-label',
      'Keys',
      '--login',
      '--pin',
      '1234',
      '--list-objects',
      '--type',
      'privkey',
    ],
    { encoding: 'utf8' },
  )
  if (seen.error) return t.skip('pkcs11-tool is not installed (Debian: opensc)')
  assert.match(seen.stdout, /label: +stays/)
  assert.match(seen.stdout, /Access: +sensitive, always sensitive, never extractable, local/)
})

test('what was encrypted for a key in a token opens: PKCS #1 v1.5, OAEP with the digests it knows and with others', async (t) => {
  const made = await scene(t)
  if (!made) return
  const key = await made.token.generate('rsa-2048', { label: 'opens', uses: ['decrypt'] })
  const secret = Buffer.from('thirty-two octets of a secret...')
  const to = publicOf(key.publicKey)
  const v15 = publicEncrypt({ key: to, padding: constants.RSA_PKCS1_PADDING }, secret)
  assert.deepEqual(Buffer.from((await key.decrypt!(v15, { scheme: 'PKCS1-v1.5' }))!), secret)
  for (const digest of ['SHA-1', 'SHA-256', 'SHA-512'] as const) {
    for (const label of [undefined, utf8('a label')]) {
      const oaepHash = digest.replace('-', '')
      const sealed = publicEncrypt({ key: to, oaepHash, ...(label && { oaepLabel: label }) }, secret)
      const how = { scheme: 'OAEP', digest, mgfDigest: digest, ...(label && { label }) } as const
      assert.deepEqual(Buffer.from((await key.decrypt!(sealed, how))!), secret, `${digest} ${label}`)
    }
  }
})

test('what was not encrypted for the key is not told apart', async (t) => {
  const made = await scene(t)
  if (!made) return
  const key = await made.token.generate('rsa-2048', { label: 'opens', uses: ['decrypt'] })
  const to = publicOf(key.publicKey)
  const unpadded = publicEncrypt({ key: to, padding: constants.RSA_NO_PADDING }, Buffer.alloc(256, 1))
  const otherLabel = publicEncrypt({ key: to, oaepHash: 'SHA256', oaepLabel: utf8('other') }, Buffer.from('x'))
  for (const wrong of [unpadded, otherLabel, Buffer.alloc(256, 7)]) {
    for (const digest of ['SHA-1', 'SHA-256'] as const)
      assert.equal(await key.decrypt!(wrong, { scheme: 'OAEP', digest, mgfDigest: digest }), undefined, digest)
    // Random octets, or nothing: never what says that the padding was wrong.
    const found = await key.decrypt!(wrong, { scheme: 'PKCS1-v1.5' })
    assert.ok(found === undefined || found instanceof Uint8Array)
  }
})

test('a token agrees on the same secret as the other side', async (t) => {
  const made = await scene(t)
  if (!made) return
  for (const [spec, namedCurve] of [
    ['ec-p256', 'P-256'],
    ['ec-p384', 'P-384'],
  ] as const) {
    const key: TokenKey = await made.token.generate(spec, { label: spec, uses: ['agree'] })
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve })
    const theirs: Buffer = diffieHellman({ privateKey, publicKey: publicOf(key.publicKey) })
    assert.deepEqual(Buffer.from(await key.agree!(publicKey.export({ format: 'der', type: 'spki' }))), theirs)
  }
})

test('a key that was made elsewhere is put in, is used there and cannot leave: openssl and the token’s own tool agree', async (t) => {
  const made = await scene(t)
  if (!made) return
  const { token, soft } = made
  await writeFile(join(soft.folder, 'message'), message)
  for (const spec of ['ec-p256', 'ec-p384', 'ec-p521', 'rsa-2048', 'rsa-3072'] as const) {
    const { privateKey, publicKey } = await generateKeyPair(spec)
    const put = await token.put(privateKey, { label: spec, uses: ['sign', 'decrypt', 'agree'] })
    assert.deepEqual(put.publicKey, publicKey, spec)
    const row = defaultSignature(spec)
    await writeFile(join(soft.folder, 'signature'), await put.sign!(message, row))
    await writeFile(join(soft.folder, 'key.pem'), publicOf(publicKey).export({ format: 'pem', type: 'spki' }))
    const digest = `-${row.digest!.toLowerCase().replace('-', '')}`
    const judge = ['dgst', digest, '-verify', 'key.pem', '-signature', 'signature', 'message']
    const { status, stderr } = spawnSync('openssl', judge, { cwd: soft.folder, encoding: 'utf8' })
    assert.equal(status, 0, `${spec}: ${stderr}`)
    if (spec.startsWith('rsa')) {
      const sealed = publicEncrypt({ key: publicOf(publicKey), oaepHash: 'SHA256' }, Buffer.from('secret'))
      const how = { scheme: 'OAEP', digest: 'SHA-256', mgfDigest: 'SHA-256' } as const
      assert.deepEqual(Buffer.from((await put.decrypt!(sealed, how))!), Buffer.from('secret'))
    } else {
      const namedCurve = `P-${spec.slice('ec-p'.length)}`
      const other = generateKeyPairSync('ec', { namedCurve })
      const theirs = diffieHellman({ privateKey: other.privateKey, publicKey: publicOf(publicKey) })
      const point = other.publicKey.export({ format: 'der', type: 'spki' })
      assert.deepEqual(Buffer.from(await put.agree!(point)), Buffer.from(theirs))
    }
    await assert.rejects(token.put(privateKey, { label: spec, uses: ['sign'] }), (e) => hasTokenCode(e, 'key_taken'))
  }
  const { privateKey: ed25519 } = await generateKeyPair('ed25519')
  await assert.rejects(token.put(ed25519, { label: 'ed', uses: ['sign'] }), (e) => hasTokenCode(e, 'key_refused'))
  const who = ['--module', soft.module, '--token-label', 'Keys', '--login', '--pin', '1234']
  const seen = spawnSync('pkcs11-tool', [...who, '--list-objects', '--type', 'privkey'], { encoding: 'utf8' })
  if (seen.error) return t.skip('pkcs11-tool is not installed (Debian: opensc)')
  const access = seen.stdout.split('\n').filter((line) => line.includes('Access:'))
  assert.equal(access.length, 5, seen.stdout)
  for (const line of access) {
    assert.match(line, /sensitive/)
    assert.doesNotMatch(line, /local|[^r] extractable/) // it came from elsewhere
  }
  const read = spawnSync('pkcs11-tool', [...who, '--read-object', '--type', 'privkey', '--label', 'ec-p256'], {
    encoding: 'utf8',
  })
  assert.match(read.stderr, /sensitive|EXTRACTABLE|reading private keys not \(yet\) supported/i)
})

test('a certificate lies beside its key and is taken away with it', async (t) => {
  const made = await scene(t)
  if (!made) return
  const { token, soft } = made
  const key = await token.generate('ec-p256', { label: 'mine' })
  const args = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    'k',
    '-subj',
    '/CN=x',
  ]
  assert.equal(spawnSync('openssl', [...args, '-outform', 'DER', '-out', 'c'], { cwd: soft.folder }).status, 0)
  const certificate = await readFile(join(soft.folder, 'c'))
  await token.addCertificate({ label: 'mine', id: key.id, certificate })
  const [found] = await token.certificates({ id: key.id })
  assert.deepEqual(Buffer.from(found!.certificate), certificate)
  assert.equal(await token.remove(key.id, 'certificates'), 1)
  assert.equal((await token.keys()).length, 1)
  assert.equal(await token.remove(key.id, 'all'), 2)
  assert.deepEqual(await token.keys(), [])
  await assert.rejects(key.sign!(message, signatureByName('ECDSA with SHA-256')), { code: 'key_unavailable' })
})
