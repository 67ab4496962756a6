// Certificates with every kind of key, read and verified by other programs; and theirs, read and verified here.

import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { authorityExtensions, certify, type Holder, leafExtensions, NOW, named } from '@scel/testkit/authority'
import { type Bench, bench, selfSigned } from '@scel/testkit/peers'
import { type Exception, judge, settle, vectors } from '@scel/testkit/vectors'
import type { KeySpec } from '../algorithms/index.ts'
import { equal, pemDecode, pemEncode } from '../bytes/index.ts'
import type { Certificate, Name } from './index.ts'
import { attributeByOid, extension, fingerprint, PURPOSES, parseCertificate, verifyIssuedBy } from './index.ts'

const CLASSIC: readonly KeySpec[] = ['rsa-2048', 'rsa-3072', 'ec-p256', 'ec-p384', 'ec-p521', 'ed25519', 'ed448']
// One of each family and size that is quick enough for every run.
const MODERN: readonly KeySpec[] = ['ml-dsa-44', 'ml-dsa-65', 'ml-dsa-87', 'slh-dsa-sha2-128f', 'slh-dsa-shake-192f']
const AT = `${NOW.getTime() / 1_000}`

const INHERITED: Exception = { reason: 'Node cannot show a DSA key that takes its parameters from its issuer' }
const EXCEPTIONS: Readonly<Record<string, Exception>> = {
  'DSAParametersInheritedCACert.crt': INHERITED,
  'ValidDSAParameterInheritanceTest5EE.crt': INHERITED,
}

interface Pair {
  readonly root: Holder
  readonly leaf: Holder
}

// GnuTLS judges by the clock of the machine, so these hold for as long as a UTCTime can say.
const DATES = { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2049-12-31T23:59:59Z') }

async function pair(spec: KeySpec): Promise<Pair> {
  const root = await certify({ name: named(`Root ${spec}`), spec, extensions: authorityExtensions(), ...DATES })
  const leaf = await certify({
    name: named(`Élan ${spec}`),
    spec,
    issuer: root,
    extensions: leafExtensions(),
    ...DATES,
  })
  return { root, leaf }
}

test('Node reads and verifies our certificates, whatever their keys', async () => {
  for (const spec of [...CLASSIC, ...MODERN]) {
    const { root, leaf } = await pair(spec)
    const issuer = new X509Certificate(root.certificate.der)
    const subject = new X509Certificate(leaf.certificate.der)
    assert.ok(subject.checkIssued(issuer) && subject.verify(issuer.publicKey), spec)
    assert.deepEqual(await differences(leaf.certificate), [], spec)
    assert.deepEqual(await differences(root.certificate), [], spec)
    assert.equal(await verifyIssuedBy(leaf.certificate, root.certificate), true, spec)
  }
})

test('openssl verifies our certificates with every key that it knows', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  for (const spec of CLASSIC) {
    await writePair(peer, spec)
    const { ok, text } = peer.run('openssl', 'verify', '-CAfile', 'root.pem', '-x509_strict', '-attime', AT, 'leaf.pem')
    assert.ok(ok, `${spec}: ${text}`)
  }
})

test('GnuTLS verifies our certificates with every key that it knows', async (t) => {
  const peer = bench(t, 'certtool')
  if (!peer) return
  for (const spec of CLASSIC) {
    await writePair(peer, spec)
    const files = ['--load-ca-certificate', 'root.pem', '--infile', 'leaf.pem']
    const { ok, text } = peer.run('certtool', '--verify', ...files)
    assert.ok(ok && text.includes('Chain verification output: Verified'), `${spec}: ${text}`)
  }
})

test('NSS takes our certificates into its database and verifies them', async (t) => {
  const peer = bench(t, 'certutil')
  if (!peer) return
  peer.write('none.txt', '\n')
  peer.run('certutil', '-N', '-d', '.', '-f', 'none.txt')
  for (const spec of ['rsa-2048', 'ec-p256', 'ec-p384', 'ec-p521'] as const) {
    await writePair(peer, spec)
    const add = (name: string, trust: string): void => {
      const { ok, text } = peer.run(
        'certutil',
        '-A',
        '-d',
        '.',
        '-n',
        `${name} ${spec}`,
        '-t',
        trust,
        '-i',
        `${name}.pem`,
      )
      assert.ok(ok, text)
    }
    add('root', 'CT,C,C')
    add('leaf', ',,')
    const seen = peer.run('certutil', '-V', '-d', '.', '-n', `leaf ${spec}`, '-u', 'C', '-b', '260601120000Z')
    assert.match(seen.text, /certificate is valid/, `${spec}: ${seen.text}`)
  }
})

test('we read and verify what openssl writes, with every key that it knows', async (t) => {
  const peer = bench(t, 'openssl')
  if (!peer) return
  const kinds: readonly string[][] = [
    ['rsa:2048'],
    ['rsa:2048', '-sigopt', 'rsa_padding_mode:pss', '-sha384'],
    ['rsa-pss', '-pkeyopt', 'rsa_keygen_bits:2048'],
    ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
    ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-sha384'],
    ['ec', '-pkeyopt', 'ec_paramgen_curve:P-521', '-sha512'],
    ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-sha3-256'],
    ['ed25519'],
    ['ed448'],
  ]
  for (const kind of kinds) {
    const options = ['-days', '30', '-utf8', '-subj', '/C=FR/O=Élan/CN=srv']
    const add = [
      'subjectAltName=DNS:srv.example,IP:::1,email:a@b.example',
      'keyUsage=critical,digitalSignature,keyCertSign',
    ]
    selfSigned(peer, [...options, ...add.flatMap((text) => ['-addext', text])], kind)
    await agrees(peer, 'c.pem', `${kind}`)
  }
})

test('we read and verify what GnuTLS and NSS write', async (t) => {
  const peer = bench(t, 'certtool', 'certutil')
  if (!peer) return
  peer.write(
    'ca.tmpl',
    'cn = "GnuTLS"\nca\ncert_signing_key\nexpiration_days = 30\ndns_name = "a.example"\nip_address = "10.0.0.1"\n',
  )
  for (const kind of ['rsa', 'ecdsa', 'ed25519', 'ed448']) {
    peer.run('certtool', '--generate-privkey', '--key-type', kind, '--outfile', 'key.pem')
    const files = ['--load-privkey', 'key.pem', '--template', 'ca.tmpl', '--outfile', 'cert.pem']
    const made = peer.run('certtool', '--generate-self-signed', ...files)
    assert.ok(made.ok, made.text)
    await agrees(peer, 'cert.pem', `GnuTLS ${kind}`)
  }
  peer.write('none.txt', '\n')
  peer.write('noise.txt', 'x'.repeat(2_048))
  peer.run('certutil', '-N', '-d', '.', '-f', 'none.txt')
  for (const [serial, ...kind] of [
    ['4097', 'rsa', '-g', '2048'],
    ['4098', 'ec', '-q', 'secp384r1'],
  ]) {
    const what = ['-n', `nss ${kind[0]}`, '-s', 'CN=NSS,O=Scel Tests,C=FR', '-t', 'C,C,C', '-m', serial!, '-v', '2']
    const made = peer.run('certutil', '-S', '-x', '-d', '.', '-z', 'noise.txt', '-k', ...kind, ...what)
    assert.ok(made.ok, made.text)
    peer.write('cert.pem', peer.run('certutil', '-L', '-d', '.', '-n', `nss ${kind[0]}`, '-a').out)
    await agrees(peer, 'cert.pem', `NSS ${kind[0]}`)
  }
})

test('every certificate of PKITS says to us what it says to Node', async (t) => {
  const suite = vectors(t, 'pkits')
  if (!suite) return
  const agreed = new Map<string, boolean>()
  for (const name of suite.list('certs')) {
    const found = await differences(parseCertificate(suite.read(`certs/${name}`)))
    agreed.set(name, found.length === 0)
  }
  const cases = [...agreed.keys()].map((id) => ({ id, accept: true }))
  settle(t, 'PKITS certificates as Node reads them', judge(cases, EXCEPTIONS, agreed))
})

async function writePair(peer: Bench, spec: KeySpec): Promise<void> {
  const { root, leaf } = await pair(spec)
  peer.write('root.pem', pemEncode('CERTIFICATE', root.certificate.der))
  peer.write('leaf.pem', pemEncode('CERTIFICATE', leaf.certificate.der))
}

async function agrees(peer: Bench, file: string, what: string): Promise<void> {
  const certificate = parseCertificate(pemDecode(peer.text(file))[0]!.der)
  assert.deepEqual(await differences(certificate), [], what)
  assert.equal(await verifyIssuedBy(certificate, certificate), true, what)
}

/** What Node's own reader says otherwise about a certificate. */
async function differences(certificate: Certificate): Promise<string[]> {
  const node = new X509Certificate(certificate.der)
  const same: Record<string, boolean> = {
    serial: node.serialNumber.toLowerCase() === certificate.serialHex,
    fingerprint: node.fingerprint256.replaceAll(':', '').toLowerCase() === (await fingerprint(certificate.der)),
    notBefore: node.validFromDate.getTime() === certificate.notBefore.getTime(),
    notAfter: node.validToDate.getTime() === certificate.notAfter.getTime(),
    subject: (node.subject ?? '') === lines(certificate.subject),
    issuer: (node.issuer ?? '') === lines(certificate.issuer),
    signature: node.signatureAlgorithmOid === certificate.signatureAlgorithm.oid,
    publicKey: equal(spkiOf(node), certificate.publicKey.spki),
    authority: node.ca === mayIssue(certificate),
    purposes: `${node.keyUsage ?? []}` === `${purposes(certificate)}`,
  }
  return Object.keys(same).filter((what) => !same[what])
}

/** Empty when Node cannot read the key. */
function spkiOf(node: X509Certificate): Uint8Array {
  try {
    return new Uint8Array(node.publicKey.export({ type: 'spki', format: 'der' }))
  } catch {
    return new Uint8Array(0)
  }
}

/** By both extensions, as OpenSSL counts authorities. */
const mayIssue = (certificate: Certificate): boolean =>
  (extension(certificate, 'basicConstraints')?.ca ?? false) &&
  (extension(certificate, 'keyUsage')?.includes('keyCertSign') ?? true)

/** As Node prints names: one step a line, leading and trailing spaces behind a backslash. */
const lines = ({ rdns }: Name): string =>
  rdns
    .map((rdn) =>
      rdn.map(({ oid, value }) => `${attributeByOid(oid)?.openssl ?? oid}=${padded(value ?? '')}`).join('+'),
    )
    .join('\n')

const padded = (value: string): string => value.replace(/^ /, '\\ ').replace(/ $/, '\\ ')

/** Dotted. */
const purposes = (certificate: Certificate): readonly string[] =>
  (extension(certificate, 'extendedKeyUsage') ?? []).map((name) => (PURPOSES as Record<string, string>)[name] ?? name)
