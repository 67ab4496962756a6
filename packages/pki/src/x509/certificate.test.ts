import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { authorityExtensions, certify, leafExtensions, makeChain, named } from '@scel/testkit/authority'
import { bench, selfSigned } from '@scel/testkit/peers'
import fc from 'fast-check'
import { damaged } from '../../test/damage.ts'
import { signatureByName } from '../algorithms/index.ts'
import { oid, sequence } from '../asn1/index.ts'
import { equal, fromHex, pemEncode, toHex } from '../bytes/index.ts'
import { generateKeyPair, sign } from '../crypto/index.ts'
import { hasCode, isPkiError } from '../errors/index.ts'
import {
  assembleSigned,
  buildName,
  buildTbsCertificate,
  extension,
  fingerprint,
  keyIdentifier,
  makeExtension,
  nameValue,
  parseCertificate,
  serialHex,
  verifyIssuedBy,
  verifySigned,
} from './index.ts'

test('openssl verifies our chain and prints what we put in', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const { root, issuing, leaf } = await makeChain()
  for (const [name, { certificate }] of Object.entries({ root, issuing, leaf })) {
    peer.write(`${name}.pem`, pemEncode('CERTIFICATE', certificate.der))
  }
  const options = ['-CAfile', 'root.pem', '-untrusted', 'issuing.pem', '-x509_strict', '-purpose', 'sslclient']
  const verified = peer.run('openssl', 'verify', ...options, '-attime', '1780315200', 'leaf.pem')
  assert.ok(verified.ok, verified.text)
  const printed = peer.run('openssl', 'x509', '-in', 'leaf.pem', '-noout', '-serial', '-fingerprint', '-sha256')
  const text = printed.text.replaceAll(':', '').toLowerCase()
  assert.ok(text.includes(leaf.certificate.serialHex))
  assert.ok(text.includes(await fingerprint(leaf.certificate.der)))
})

test('GnuTLS reads our certificates', async (t) => {
  const peer = bench(t, 'certtool')
  if (!peer) return
  const { leaf } = await makeChain()
  peer.write('leaf.der', leaf.certificate.der)
  const { ok, text } = peer.run('certtool', '-i', '--inder', '--infile', 'leaf.der')
  assert.ok(ok && text.includes('TLS WWW Client') && text.includes('CN=pc-1'), text)
})

test('we read what openssl writes', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const der = selfSigned(peer, [
    ...['-subj', '/C=FR/O=Élan/CN=srv.example', '-utf8', '-set_serial', '0x00ff01', '-days', '10', '-sigopt'],
    ...['rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:-1', '-addext', 'subjectAltName=DNS:srv.example,IP:::1'],
    ...['-addext', 'keyUsage=critical,digitalSignature,decipherOnly', '-addext', 'extendedKeyUsage=serverAuth,1.2.3'],
    ...['-addext', 'certificatePolicies=1.2.3.4', '-addext', 'nameConstraints=permitted;DNS:example'],
  ])
  const certificate = parseCertificate(der)
  assert.equal(certificate.signatureAlgorithm.row?.name, 'RSA-PSS with SHA-256')
  assert.equal(await verifyIssuedBy(certificate, certificate), true)
  assert.equal(nameValue(certificate.subject, 'organizationName'), 'Élan')
  assert.equal(certificate.serialHex, 'ff01')
  assert.equal(certificate.publicKey.spec, 'rsa-2048')
  assert.deepEqual(extension(certificate, 'subjectAltName'), [
    { kind: 'dNSName', value: 'srv.example' },
    { kind: 'iPAddress', value: '::1' },
  ])
  assert.deepEqual(extension(certificate, 'keyUsage'), ['digitalSignature', 'decipherOnly'])
  assert.deepEqual(extension(certificate, 'extendedKeyUsage'), ['serverAuth', '1.2.3'])
  assert.deepEqual(extension(certificate, 'certificatePolicies'), [{ policy: '1.2.3.4' }])
  assert.deepEqual(extension(certificate, 'nameConstraints'), {
    permitted: [{ kind: 'dNSName', value: 'example' }],
    excluded: [],
  })
  assert.deepEqual(extension(certificate, 'basicConstraints'), { ca: true })
})

test('the inner and outer algorithm must be the same', async () => {
  const { root } = await makeChain()
  const { signedBytes, signature } = root.certificate
  const other = assembleSigned(signedBytes, signatureByName('ECDSA with SHA-256'), signature)
  assert.throws(
    () => parseCertificate(other),
    (error) => hasCode(error, 'certificate_malformed'),
  )
})

test('two extensions of one kind are refused, written or read', async () => {
  const { keys, certificate } = await certify({ name: named('x'), extensions: leafExtensions() })
  const twice = [makeExtension('ocspNoCheck', true), makeExtension('ocspNoCheck', true)]
  const input = { ...certificate, signature: signatureByName('ECDSA with SHA-256'), publicKey: keys.publicKey }
  const duplicate = (error: unknown): boolean => hasCode(error, 'extension_duplicate')
  assert.throws(() => buildTbsCertificate({ ...input, extensions: twice }), duplicate)
  const noCheck = '300f06092b06010505073001050402' // up to the NULL inside
  const tbs = buildTbsCertificate({ ...input, extensions: [makeExtension('ocspNoCheck', true)] })
  assert.ok(toHex(tbs).includes(noCheck))
})

test('a damaged certificate never verifies with another content, and never crashes', async () => {
  const { issuing, leaf } = await makeChain()
  const { der } = leaf.certificate
  await fc.assert(
    fc.asyncProperty(damaged(der), async ({ bytes, how }) => {
      if (equal(bytes, der)) return
      try {
        const read = parseCertificate(bytes)
        for (const name of ['keyUsage', 'extendedKeyUsage', 'authorityKeyIdentifier'] as const) extension(read, name)
        assert.equal(await verifyIssuedBy(read, issuing.certificate), false, how)
      } catch (error) {
        assert.ok(isPkiError(error), `${how}: ${error}`)
      }
    }),
    { numRuns: 3_000 },
  )
})

test('serial numbers have one text each', () => {
  assert.equal(serialHex(fromHex('00ff')), 'ff')
  assert.equal(serialHex(fromHex('ff')), '-01')
  assert.equal(serialHex(fromHex('80')), '-80')
  assert.equal(serialHex(fromHex('00')), '00')
  assert.equal(serialHex(fromHex('0100')), '0100')
})

test('a key identifier is the first 160 bits of SHA-256 over the key bits', async () => {
  const { keys } = await certify({ name: named('x') })
  const bits = keys.publicKey.subarray(-65)
  const hash = await crypto.subtle.digest('SHA-256', bits as Uint8Array<ArrayBuffer>)
  assert.deepEqual(await keyIdentifier(keys.publicKey), new Uint8Array(hash).slice(0, 20))
})

test('a name that is not the issuer’s is not issued by it, whatever the key', async () => {
  const { root, issuing } = await makeChain()
  const twin = await certify({
    name: buildName(named('Twin')),
    keys: issuing.keys,
    issuer: root,
    extensions: authorityExtensions(),
  })
  const { leaf } = await makeChain()
  const own = await certify({ name: named('leaf'), issuer: issuing })
  assert.equal(await verifyIssuedBy(own.certificate, issuing.certificate), true)
  assert.equal(await verifyIssuedBy(own.certificate, twin.certificate), false)
  assert.equal(await verifyIssuedBy(leaf.certificate, issuing.certificate), false)
})

test('RSA signatures whose identifier has no parameters are verified (RFC 4055 §5); inside and outside still agree to the octet', async () => {
  const keys = await generateKeyPair('rsa-2048')
  const usual = signatureByName('RSA with SHA-256')
  const bare = { ...usual, identifier: sequence(oid(usual.oid)) }
  const name = buildName([{ type: 'commonName', value: 'Old' }])
  const made = async (inside: typeof usual, outside: typeof usual): Promise<Uint8Array> => {
    const tbs = buildTbsCertificate({
      serial: Uint8Array.of(1),
      signature: inside,
      issuer: name,
      subject: name,
      notBefore: new Date('2026-01-01'),
      notAfter: new Date('2027-01-01'),
      publicKey: keys.publicKey,
      extensions: [],
    })
    return assembleSigned(tbs, outside, await sign(keys.privateKey, tbs, usual))
  }
  const old = parseCertificate(await made(bare, bare))
  assert.equal(old.signatureAlgorithm.row?.name, 'RSA with SHA-256')
  assert.equal(await verifySigned(old, keys.publicKey), true)
  // Another program's judgement of the same octets.
  const theirs = new X509Certificate(old.der)
  assert.ok(theirs.verify(theirs.publicKey))
  for (const [inside, outside] of [
    [bare, usual],
    [usual, bare],
  ] as const) {
    const der = await made(inside, outside)
    assert.throws(
      () => parseCertificate(der),
      (error) => hasCode(error, 'certificate_malformed'),
    )
  }
})
