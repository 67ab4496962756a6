import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { formatName } from '@scel/pki/x509'
import { folderFor, needs, run } from '@scel/testkit/peers'
import { certificatesIn, objectsIn } from './index.ts'

test('whatever openssl writes without a label is told apart by its shape', (t) => {
  if (!needs(t, 'openssl')) return
  const folder = folderFor(t)
  const openssl = (...args: string[]): void => void run('openssl', args, folder)
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  openssl('req', '-x509', ...key, '-keyout', 'root.key', '-out', 'root.pem', '-days', '30', '-subj', '/CN=root')
  openssl('req', '-new', ...key, '-keyout', 'leaf.key', '-out', 'leaf.csr', '-subj', '/CN=leaf')
  const by = ['-CA', 'root.pem', '-CAkey', 'root.key', '-days', '10']
  openssl('x509', '-req', '-in', 'leaf.csr', '-out', 'leaf.pem', ...by)
  writeFileSync(join(folder, 'p'), 'secret\n')
  openssl('x509', '-in', 'leaf.pem', '-outform', 'DER', '-out', 'certificate')
  openssl('req', '-in', 'leaf.csr', '-outform', 'DER', '-out', 'request')
  openssl('crl2pkcs7', '-nocrl', '-certfile', 'leaf.pem', '-outform', 'DER', '-out', 'certificate bag')
  openssl('pkcs12', '-export', '-in', 'leaf.pem', '-inkey', 'leaf.key', '-passout', 'file:p', '-out', 'pkcs12')
  openssl('pkey', '-in', 'leaf.key', '-pubout', '-outform', 'DER', '-out', 'public key')
  openssl('pkcs8', '-topk8', '-in', 'leaf.key', '-nocrypt', '-outform', 'DER', '-out', 'private key')
  openssl(
    'pkcs8',
    '-topk8',
    '-in',
    'leaf.key',
    '-passout',
    'file:p',
    '-outform',
    'DER',
    '-out',
    'encrypted private key',
  )
  openssl('ec', '-in', 'leaf.key', '-outform', 'DER', '-out', 'ec private key')
  openssl('genrsa', '-traditional', '-out', 'rsa.pem', '2048')
  openssl('rsa', '-in', 'rsa.pem', '-traditional', '-outform', 'DER', '-out', 'rsa private key')
  openssl('rsa', '-in', 'rsa.pem', '-RSAPublicKey_out', '-outform', 'DER', '-out', 'rsa public key')
  openssl('ocsp', '-issuer', 'root.pem', '-cert', 'leaf.pem', '-reqout', 'ocsp request')
  writeFileSync(join(folder, 'index.txt'), '')
  const signer = ['-index', 'index.txt', '-CA', 'root.pem', '-rsigner', 'root.pem', '-rkey', 'root.key']
  openssl('ocsp', ...signer, '-reqin', 'ocsp request', '-respout', 'ocsp response')
  openssl('ts', '-query', '-data', 'p', '-sha256', '-out', 'time-stamp request')
  openssl('cms', '-encrypt', '-in', 'p', '-outform', 'DER', '-out', 'sealed', 'leaf.pem')
  const kinds = [
    ...['certificate', 'request', 'certificate bag', 'pkcs12', 'public key', 'private key', 'encrypted private key'],
    ...['ec private key', 'rsa private key', 'rsa public key', 'ocsp request', 'ocsp response', 'time-stamp request'],
    'sealed',
  ]
  for (const kind of kinds) assert.equal(objectsIn(readFileSync(join(folder, kind)))[0]?.kind, kind, kind)
  writeFileSync(join(folder, 'both'), ['root.pem', 'leaf.pem'].map((name) => readFileSync(join(folder, name))).join(''))
  const names = (file: string): string[] =>
    certificatesIn(readFileSync(join(folder, file))).map(({ subject }) => formatName(subject, 'rfc4514'))
  for (const file of ['certificate', 'certificate bag']) assert.deepEqual(names(file), ['CN=leaf'], file)
  assert.deepEqual(names('both'), ['CN=root', 'CN=leaf'])
  for (const file of ['p', 'pkcs12', 'request', 'private key']) assert.deepEqual(names(file), [], file)
})

test('a file of certificates that is damaged is refused, and an empty one holds none', () => {
  assert.deepEqual(certificatesIn(new Uint8Array()), [])
  const cut = Buffer.from('-----BEGIN CERTIFICATE-----\nMAMCAQA=\n-----END CERTIFICATE-----\n')
  assert.throws(() => certificatesIn(cut), { code: 'der_malformed' })
})

test('a private JWK is told from a public one, and a set holds several', () => {
  const of = (value: unknown) => objectsIn(Buffer.from(JSON.stringify(value)))
  assert.deepEqual(
    of({ kty: 'EC', crv: 'P-256', x: '', y: '' }).map((one) => 'private' in one && one.private),
    [false],
  )
  assert.deepEqual(
    of({ kty: 'AKP', pub: '', priv: '' }).map((one) => 'private' in one && one.private),
    [true],
  )
  assert.equal(of({ keys: [{ kty: 'RSA' }, { kty: 'RSA', d: '' }] }).length, 2)
  assert.equal(of({ hello: 'world' }).length, 0)
})

test('a key under OpenSSL’s old encryption is refused with that as the reason', () => {
  const pem =
    '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n'
  assert.throws(() => objectsIn(Buffer.from(pem)), { code: 'pem_encryption_old' })
})
