import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeChain } from '../../test/authority.ts'
import { bench } from '../../test/peer.ts'
import { pemEncode, toHex } from '../bytes/index.ts'
import { exportPrivateKey } from '../crypto/index.ts'
import { readPkcs12, writePkcs12 } from './index.ts'

// Beyond ASCII on purpose: it is BMP in one place of the file and UTF-8 in another.
const PASSPHRASE = 'Clé été 42 €'

async function scene() {
  const { root, issuing, leaf } = await makeChain()
  const chain = [issuing.certificate.der, root.certificate.der]
  const key = leaf.keys.privateKey
  const certificate = leaf.certificate.der
  const file = await writePkcs12({
    key,
    certificate,
    chain,
    friendlyName: 'Poste été',
    passphrase: PASSPHRASE,
    iterations: 2_048,
  })
  const pem = {
    key: pemEncode('PRIVATE KEY', await exportPrivateKey(key)),
    certificate: pemEncode('CERTIFICATE', certificate),
    chain: chain.map((der) => pemEncode('CERTIFICATE', der)).join(''),
  }
  return { file, pem, key, certificate, chain, fingerprint: toHex(leaf.certificate.der.subarray(0, 8)) }
}

test('openssl opens our file: key, certificate, chain and name', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const { file, pem } = await scene()
  peer.write('ours.p12', file)
  const opened = peer.run('openssl', 'pkcs12', '-in', 'ours.p12', '-noenc', '-passin', `pass:${PASSPHRASE}`)
  assert.ok(opened.ok, opened.text)
  for (const part of [pem.key, pem.certificate, ...pem.chain.split(/(?<=END CERTIFICATE-----\n)/)]) {
    assert.ok(opened.text.includes(part), opened.text)
  }
  assert.ok(opened.text.includes('friendlyName: Poste'), opened.text)
  assert.equal(peer.run('openssl', 'pkcs12', '-in', 'ours.p12', '-noenc', '-passin', 'pass:wrong').ok, false)
})

test('NSS imports our file, key included, and we open what it exports', async (t) => {
  const peer = bench(t, 'certutil', 'pk12util')
  if (!peer) return
  const { file, certificate, chain, key } = await scene()
  peer.write('ours.p12', file)
  peer.run('mkdir', 'db')
  peer.run('certutil', '-N', '-d', 'sql:db', '--empty-password')
  const imported = peer.run('pk12util', '-i', 'ours.p12', '-d', 'sql:db', '-W', PASSPHRASE)
  assert.ok(imported.ok, imported.text)
  assert.match(peer.run('certutil', '-L', '-d', 'sql:db').text, /Poste été\s+u,u,u/)
  const modern = ['-c', 'AES-256-CBC', '-C', 'AES-256-CBC', '-M', 'SHA-256']
  const exported = peer.run('pk12util', '-o', 'nss.p12', '-d', 'sql:db', '-n', 'Poste été', '-W', PASSPHRASE, ...modern)
  assert.ok(exported.ok, exported.text)
  const read = await readPkcs12(peer.read('nss.p12'), PASSPHRASE)
  assert.deepEqual(read.certificate, certificate)
  assert.deepEqual(read.key.publicKey, key.publicKey)
  assert.equal(read.chain.length, chain.length)
})

test('GnuTLS opens our file, and we open its', async (t) => {
  const peer = bench(t, 'certtool')
  if (!peer) return
  const { file, pem, certificate } = await scene()
  peer.write('ours.p12', file)
  const opened = peer.run('certtool', '--p12-info', '--inder', '--infile', 'ours.p12', '--password', PASSPHRASE)
  assert.ok(opened.ok && opened.text.includes(pem.certificate), opened.text)
  peer.write('key.pem', pem.key)
  peer.write('cert.pem', pem.certificate)
  peer.write('chain.pem', pem.chain)
  const files = ['--load-privkey', 'key.pem', '--load-certificate', 'cert.pem', '--load-ca-certificate', 'chain.pem']
  const modern = ['--pkcs-cipher', 'aes-256', '--hash', 'SHA256', '--p12-name', 'x', '--password', PASSPHRASE]
  const made = peer.run('certtool', '--to-p12', ...files, ...modern, '--outder', '--outfile', 'gnutls.p12')
  assert.ok(made.ok, made.text)
  assert.deepEqual((await readPkcs12(peer.read('gnutls.p12'), PASSPHRASE)).certificate, certificate)
})

test('we open what openssl writes by default', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const { pem, certificate, chain } = await scene()
  peer.write('key.pem', pem.key)
  peer.write('cert.pem', pem.certificate)
  peer.write('chain.pem', pem.chain)
  const files = ['-inkey', 'key.pem', '-in', 'cert.pem', '-certfile', 'chain.pem', '-name', 'un nom']
  const made = peer.run(
    'openssl',
    'pkcs12',
    '-export',
    ...files,
    '-passout',
    `pass:${PASSPHRASE}`,
    '-out',
    'theirs.p12',
  )
  assert.ok(made.ok, made.text)
  const read = await readPkcs12(peer.read('theirs.p12'), PASSPHRASE)
  assert.deepEqual([read.certificate, ...read.chain], [certificate, ...chain])
  assert.equal(read.friendlyName, 'un nom')
})
