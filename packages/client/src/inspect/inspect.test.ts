import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { objectsIn } from '@scel/files/objects'
import { makeExtension } from '@scel/pki/x509'
import { certify } from '@scel/testkit/authority'
import { folderFor, makeLeaf, makeRoot, needs, run } from '@scel/testkit/peers'
import { person } from '../../test/fixtures/person.ts'
import { scel } from '../../test/run-scel.ts'
import { certificateFacts } from './certificate.ts'
import { crlFacts } from './crl.ts'
import { ocspRequestFacts, ocspResponseFacts } from './ocsp.ts'
import { requestFacts } from './request.ts'

const EXTENSIONS = [
  'keyUsage=critical,digitalSignature',
  'extendedKeyUsage=clientAuth,serverAuth',
  'subjectAltName=DNS:www.example.org,email:ana@example.org,IP:192.0.2.1',
  'crlDistributionPoints=URI:http://desk/x.crl',
  'authorityInfoAccess=OCSP;URI:http://desk/ocsp,caIssuers;URI:http://desk/ca.cer',
  '1.2.3.4=ASN1:UTF8String:hello',
].join('\n')

test('a certificate says what openssl says it says', async (t) => {
  if (!needs(t, 'openssl')) return
  const folder = folderFor(t)
  makeRoot(folder, 'root')
  makeLeaf(folder, { root: 'root', name: 'leaf', extensions: EXTENSIONS })
  const [found] = objectsIn(readFileSync(join(folder, 'leaf.pem')))
  assert.equal(found?.kind, 'certificate')
  const facts = await certificateFacts((found as { der: Uint8Array }).der, new Date())
  const ask = (what: string): string =>
    run('openssl', ['x509', '-in', 'leaf.pem', '-noout', what], folder).split('=')[1]!.trim()
  assert.equal(facts.serial, ask('-serial').toLowerCase())
  assert.equal(
    facts.fingerprint,
    run('openssl', ['x509', '-in', 'leaf.pem', '-noout', '-fingerprint', '-sha256'], folder)
      .split('=')[1]!
      .trim()
      .replaceAll(':', '')
      .toLowerCase(),
  )
  assert.equal(Date.parse(facts.notAfter), Date.parse(ask('-enddate')))
  assert.deepEqual(facts.names, ['DNS:www.example.org', 'email:ana@example.org', 'IP:192.0.2.1'])
  assert.deepEqual(
    [facts.crl, facts.ocsp, facts.issuerCertificate],
    [['http://desk/x.crl'], ['http://desk/ocsp'], ['http://desk/ca.cer']],
  )
  assert.deepEqual([facts.keyUsage, facts.extendedKeyUsage], [['digitalSignature'], ['clientAuth', 'serverAuth']])
  assert.deepEqual(
    [facts.status, facts.authority, facts.selfSigned, facts.otherExtensions],
    ['valid', false, false, ['1.2.3.4']],
  )
  assert.equal((await certificateFacts((found as { der: Uint8Array }).der, new Date(0))).status, 'not yet valid')
})

test('a request altered on its way is told apart from a good one', async (t) => {
  if (!needs(t, 'openssl')) return
  const folder = folderFor(t)
  makeRoot(folder, 'root')
  makeLeaf(folder, { root: 'root', name: 'leaf' })
  run('openssl', ['req', '-in', 'leaf.csr', '-outform', 'DER', '-out', 'leaf.der'], folder)
  const der = readFileSync(join(folder, 'leaf.der'))
  assert.equal(objectsIn(der)[0]?.kind, 'request')
  assert.equal((await requestFacts(der)).signatureGood, true)
  const at = der.indexOf('leaf')
  der[at] = 'L'.charCodeAt(0)
  const facts = await requestFacts(der)
  assert.deepEqual([facts.subject, facts.signatureGood], ['CN=Leaf', false])
})

test('a revocation list of openssl, DER and PEM', async (t) => {
  if (!needs(t, 'openssl')) return
  const folder = folderFor(t)
  makeRoot(folder, 'root')
  makeLeaf(folder, { root: 'root', name: 'leaf' })
  writeFileSync(join(folder, 'index.txt'), '')
  writeFileSync(join(folder, 'number'), '07\n')
  writeFileSync(
    join(folder, 'ca.cnf'),
    '[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=sha256\ndefault_crl_days=7\n',
  )
  const by = ['ca', '-config', 'ca.cnf', '-cert', 'root.pem', '-keyfile', 'root.key']
  run('openssl', [...by, '-revoke', 'leaf.pem', '-crl_reason', 'keyCompromise'], folder)
  run('openssl', [...by, '-gencrl', '-out', 'list.pem'], folder)
  run('openssl', ['crl', '-in', 'list.pem', '-outform', 'DER', '-out', 'list.crl'], folder)
  for (const file of ['list.pem', 'list.crl']) {
    const [found] = objectsIn(readFileSync(join(folder, file)))
    assert.equal(found?.kind, 'crl', file)
    const facts = crlFacts((found as { der: Uint8Array }).der, new Date())
    assert.deepEqual(
      [facts.number, facts.entries.length, facts.entries[0]?.reason, facts.overdue],
      ['7', 1, 'keyCompromise', false],
    )
    assert.equal(crlFacts((found as { der: Uint8Array }).der, new Date(Date.now() + 8 * 86_400_000)).overdue, true)
  }
})

test('a question and an answer of OCSP, as openssl makes them', async (t) => {
  if (!needs(t, 'openssl')) return
  const folder = folderFor(t)
  makeRoot(folder, 'root')
  makeLeaf(folder, { root: 'root', name: 'leaf' })
  writeFileSync(join(folder, 'index.txt'), '')
  run('openssl', ['ocsp', '-issuer', 'root.pem', '-cert', 'leaf.pem', '-reqout', 'question'], folder)
  const signer = ['-index', 'index.txt', '-CA', 'root.pem', '-rsigner', 'root.pem', '-rkey', 'root.key', '-ndays', '1']
  run('openssl', ['ocsp', ...signer, '-reqin', 'question', '-respout', 'answer'], folder)
  const serial = run('openssl', ['x509', '-in', 'leaf.pem', '-noout', '-serial'], folder).split('=')[1]!.trim()
  const question = ocspRequestFacts(readFileSync(join(folder, 'question')))
  const answer = ocspResponseFacts(readFileSync(join(folder, 'answer')))
  assert.equal(question.certificates[0]?.serial, serial.toLowerCase())
  assert.deepEqual([answer.status, answer.responder, answer.certificates], ['successful', 'O=Scel test,CN=root', 1])
  assert.deepEqual([answer.answers[0]?.serial, answer.answers[0]?.status], [serial.toLowerCase(), 'unknown'])
  assert.equal(answer.nonce, question.nonce)
})

test('a time stamp of openssl: when, by whom, over what', async (t) => {
  if (!needs(t, 'openssl')) return
  const folder = folderFor(t)
  makeRoot(folder, 'root')
  makeLeaf(folder, {
    ...{ root: 'root', name: 'tsa' },
    extensions: 'keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping',
  })
  writeFileSync(join(folder, 'document'), 'hello')
  writeFileSync(join(folder, 'serial'), '01\n')
  writeFileSync(
    join(folder, 'tsa.cnf'),
    '[tsa]\ndefault_tsa=t\n[t]\nserial=serial\ndefault_policy=1.2.3\ndigests=sha256\nsigner_digest=sha256\n' +
      'accuracy=secs:1,millisecs:500\nordering=no\ntsa_name=yes\ness_cert_id_alg=sha256\n',
  )
  run('openssl', ['ts', '-query', '-data', 'document', '-sha256', '-cert', '-out', 'question'], folder)
  const by = ['-config', 'tsa.cnf', '-signer', 'tsa.pem', '-inkey', 'tsa.key']
  run('openssl', ['ts', '-reply', '-queryfile', 'question', ...by, '-out', 'answer'], folder)
  const { out, exit } = await scel(['inspect', join(folder, 'answer'), '--json'], folder)
  assert.equal(exit, 0)
  const { status, stamp } = JSON.parse(out).objects[0]
  assert.deepEqual([status, stamp.policy, stamp.accuracy, stamp.authority], ['granted', '1.2.3', 1.5, 'dirName:CN=tsa'])
  assert.equal(stamp.imprint.hash, createHash('sha256').update('hello').digest('hex'))
  run('openssl', ['ts', '-reply', '-in', 'answer', '-token_out', '-out', 'token'], folder)
  const token = JSON.parse((await scel(['inspect', join(folder, 'token'), '--json'], folder)).out).objects[0]
  assert.deepEqual([token.kind, token.stamp, token.signatures[0].signer], ['signed', stamp, 'CN=tsa'])
  const question = JSON.parse((await scel(['inspect', join(folder, 'question'), '--json'], folder)).out).objects[0]
  assert.deepEqual([question.nonce, question.wantsCertificate], [stamp.nonce, true])
})

test('an extension that cannot be read does not hide the others', async (t) => {
  const folder = folderFor(t)
  for (const [name, content] of Object.entries(await person())) writeFileSync(join(folder, name), content)
  const { out } = await scel(['inspect', join(folder, 'ana.pem'), '--json'], folder)
  const [{ extensions, names }] = JSON.parse(out).objects
  const broken = extensions.find((one: { oid: string }) => one.oid === '2.5.29.54')
  assert.equal(broken.error.code, 'der_malformed')
  assert.equal(names[0], 'email:ana@example.org')
})

test('what others wrote stays on the line where it stands, and does not move the cursor', async (t) => {
  const folder = folderFor(t)
  const text = 'good\n  key usage  keyCertSign\u001b[2J'
  const { certificate } = await certify({
    ...{ name: 'CN=x', serial: '01' },
    extensions: [
      makeExtension('subjectAltName', [{ kind: 'uri', value: `http://${text}` }]),
      makeExtension('netscapeComment', text),
      makeExtension('certificatePolicies', [
        {
          policy: '1.2.3',
          qualifiers: [
            { kind: 'userNotice', explicitText: text },
            { kind: 'cps', uri: text },
          ],
        },
      ]),
      makeExtension('crlDistributionPoints', [{ fullName: [{ kind: 'uri', value: text }] }]),
    ],
  })
  writeFileSync(join(folder, 'x.cer'), certificate.der)
  const { out } = await scel(['inspect', join(folder, 'x.cer')], folder)
  assert.doesNotMatch(out, /\u001b|^ *key usage/m)
  assert.equal(out.match(/\\u\{1b\}/g)?.length, 5)
})

test('a file with several blocks is shown in order, a private key never', async (t) => {
  const folder = folderFor(t)
  makeRoot(folder, 'root')
  const key = readFileSync(join(folder, 'root.key'), 'utf8')
  writeFileSync(join(folder, 'both.pem'), `${key}${readFileSync(join(folder, 'root.pem'), 'utf8')}`)
  const { out, exit } = await scel(['inspect', join(folder, 'both.pem'), '--lang', 'fr'], folder)
  assert.equal(exit, 0)
  assert.match(out, /^clé privée \(non montrée\)\n( {2}.*\n)+\ncertificat\n {2}sujet +O=Scel test,CN=root\n/)
  assert.ok(!out.includes(key.split('\n')[1]!))
  const json = JSON.parse((await scel(['inspect', join(folder, 'both.pem'), '--json'], folder)).out)
  assert.deepEqual(
    json.objects.map((one: { kind: string }) => one.kind),
    ['private key', 'certificate'],
  )
  assert.equal(json.objects[1].selfSigned, true)
})

test('what is none of these is said to be none, whatever it is', async (t) => {
  const folder = folderFor(t)
  const file = join(folder, 'x')
  const cases: [string | Uint8Array, string][] = [
    ['hello', 'nothing_to_inspect'],
    ['', 'nothing_to_inspect'],
    [Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x05), 'nothing_to_inspect'],
    [Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff), 'nothing_to_inspect'],
    ['-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n', 'pem_malformed'],
    ['-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n', 'der_malformed'],
  ]
  for (const [content, code] of cases) {
    writeFileSync(file, content)
    const { out, exit } = await scel(['inspect', file, '--json'], folder)
    assert.equal(exit, 1)
    assert.equal(JSON.parse(out).error.code, code)
  }
})
