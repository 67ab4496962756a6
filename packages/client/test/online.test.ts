// scel verify --online and verify-signature --online against a web server that holds the lists: what leaves the machine,
// when, and what it is worth.

import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fromHex, utf8 } from '@scel/pki/bytes'
import { signDetached } from '@scel/pki/cms'
import { buildTimeStampToken, imprintOf } from '@scel/pki/tsp'
import { type Extension, makeExtension } from '@scel/pki/x509'
import { authorityExtensions, certify, type Holder, keyPemOf, NOW, pemOf } from '@scel/testkit/authority'
import { folderFor } from '@scel/testkit/peers'
import { recipients } from './fixtures/recipients.ts'
import { listOf } from './list-of.ts'
import { ocspResponder } from './ocsp-responder.ts'
import { type Ran, scel } from './run-scel.ts'
import { type WebServer, webServer } from './web-server.ts'

const uri = (value: string) => ({ kind: 'uri', value }) as const
const listAt = (url: string): Extension => makeExtension('crlDistributionPoints', [{ fullName: [uri(url)] }])
const responderAt = (url: string): Extension =>
  makeExtension('authorityInfoAccess', [{ method: 'ocsp', location: uri(url) }])
const forMail = (email: string): Extension[] => [
  makeExtension('keyUsage', ['digitalSignature']),
  makeExtension('extendedKeyUsage', ['emailProtection']),
  makeExtension('subjectAltName', [{ kind: 'rfc822Name', value: email }]),
]

interface Place {
  readonly home: string
  readonly web: WebServer
  readonly root: Holder
  readonly issuing: Holder
  readonly ana: Holder
}

/** A root, an authority below it and Ana, whose certificates name lists of a web server; `text.p7s` is signed by her. */
async function place(t: TestContext, more: (web: WebServer) => Extension[] = () => []): Promise<Place> {
  const [home, web] = [folderFor(t), await webServer(t)]
  const root = await certify({ name: 'CN=Root', serial: '01', extensions: authorityExtensions() })
  const above = [...authorityExtensions(), listAt(`${web.origin}/root.crl`)]
  const issuing = await certify({ name: 'CN=Issuing', serial: '02', issuer: root, extensions: above })
  const wish = { name: 'CN=Ana', serial: '03', issuer: issuing }
  const names = [...forMail('ana@example.org'), listAt(`${web.origin}/issuing.crl`), ...more(web)]
  const ana = await certify({ ...wish, extensions: names })
  write(home, 'root.pem', root)
  write(home, 'issuing.pem', issuing)
  write(home, 'ana.pem', ana)
  writeFileSync(join(home, 'text'), TEXT)
  await sign(home, ana, issuing)
  return { home, web, root, issuing, ana }
}

const TEXT = 'one hundred\n'

const write = (home: string, name: string, holder: Holder): void => writeFileSync(join(home, name), pemOf(holder))

async function sign(home: string, { certificate, keys }: Holder, issuer: Holder, stamper?: Holder): Promise<void> {
  const content = (async function* () {
    yield utf8(TEXT)
  })()
  const signed = await signDetached(content, {
    signers: [{ certificate, key: keys.privateKey }],
    certificates: [issuer.certificate],
    at: NOW,
    ...(stamper ? { stamp: ({ value }) => stampOf(stamper, value) } : {}),
  })
  writeFileSync(join(home, 'text.p7s'), signed)
}

const stampOf = ({ certificate, keys }: Holder, hash: Uint8Array): Promise<Uint8Array> => {
  const tst = { policy: '1.2.3', imprint: { digest: 'SHA-256', hash } as const, serial: fromHex('07'), genTime: NOW }
  return buildTimeStampToken({ tst, certificate, key: keys.privateKey })
}

const empty = (issuer: Holder): Promise<Uint8Array> => listOf({ signer: issuer, extensions: [] })
const now = (): Date => NOW
const judge = ({ home }: Place, ...args: readonly string[]): Promise<Ran> =>
  scel(['verify-signature', join(home, 'text.p7s'), '--anchor', join(home, 'root.pem'), '--anyone', ...args], home, {
    now,
  })
const judgeChain = ({ home }: Place, ...args: readonly string[]): Promise<Ran> => {
  const files = ['ana.pem', 'issuing.pem'].map((name) => join(home, name))
  const all = ['verify', ...files, '--anchor', join(home, 'root.pem'), '--purpose', 'email-signing', ...args]
  return scel(all, home, { now })
}

test('all four verdicts hold when the lists are where the certificates say; without the flag nothing is fetched', async (t) => {
  const here = await place(t)
  here.web.put('/root.crl', await empty(here.root))
  here.web.put('/issuing.crl', await empty(here.issuing))
  for (const run of [judge, judgeChain]) {
    here.web.asked.length = 0
    await run(here, '--revocation', 'if-known')
    assert.deepEqual(here.web.asked, [])
    const { exit, err, out } = await run(here, '--online', '--json')
    assert.equal(exit, 0, err)
    assert.deepEqual(here.web.asked, ['/root.crl', '/issuing.crl'])
    const { valid, fetched, wants } = JSON.parse(out)
    const kind = 'crl'
    assert.deepEqual(
      [valid, fetched, wants],
      [true, here.web.asked.map((path) => ({ kind, url: here.web.origin + path })), []],
    )
    assert.match(err, /^fetched http:.*\/root\.crl\nfetched http:.*\/issuing\.crl$/m)
  }
})

test('what the files give is not fetched', async (t) => {
  const here = await place(t)
  here.web.put('/issuing.crl', await empty(here.issuing))
  writeFileSync(join(here.home, 'root.crl'), await empty(here.root))
  for (const run of [judge, judgeChain]) {
    here.web.asked.length = 0
    assert.equal((await run(here, '--online', '--crl', join(here.home, 'root.crl'))).exit, 0)
    assert.deepEqual(here.web.asked, ['/issuing.crl'])
  }
})

test('a certificate that a fetched list names is revoked', async (t) => {
  const here = await place(t)
  here.web.put('/root.crl', await empty(here.root))
  const entries = [{ serial: here.ana.certificate.serial, revokedAt: new Date('2026-05-01T00:00:00Z') }]
  here.web.put('/issuing.crl', await listOf({ signer: here.issuing, entries, extensions: [] }))
  const { exit, out } = await judge(here, '--online', '--json')
  assert.equal(exit, 1)
  assert.equal(JSON.parse(out).signatures[0].revocation.error.code, 'certificate_revoked')
  assert.equal(JSON.parse((await judgeChain(here, '--online', '--json')).out).error.code, 'certificate_revoked')
})

test('a list that does not come, or is of another issuer, leaves revocation unknown, and the reason is said', async (t) => {
  const here = await place(t)
  here.web.put('/root.crl', await empty(here.root))
  const stranger = await certify({ name: 'CN=Stranger', serial: '01', extensions: authorityExtensions() })
  here.web.put('/issuing.crl', await empty(stranger))
  for (const run of [judge, judgeChain]) {
    const { exit, err, out } = await run(here, '--online')
    assert.equal(exit, 1)
    assert.match(out, /nothing says whether the certificate of CN=Ana .* was revoked/)
    assert.match(err, /^fetched http:.*\/issuing\.crl$/m)
    assert.doesNotMatch(err, /may be had at/)
  }
  here.web.put('/issuing.crl', (_, response) => response.writeHead(302, { location: '/root.crl' }).end())
  const french = await judge(here, '--online', '--lang', 'fr')
  assert.match(french.err, /issuing\.crl n’a pas pu être cherché\u00a0: 127\.0\.0\.1:\d+ renvoie à une autre adresse/)
  const { err, exit } = await judge(here, '--online', '--revocation', 'if-known')
  assert.equal(exit, 0)
  assert.match(err, /^could not fetch http:.*issuing\.crl: 127\.0\.0\.1:\d+ sends on to another address/m)
})

test('a refused connection is no error but a reason', async (t) => {
  const here = await place(t)
  const extensions = [...forMail('ana@example.org'), listAt('http://127.0.0.1:1/issuing.crl')]
  const ana = await certify({ name: 'CN=Ana', serial: '03', issuer: here.issuing, extensions })
  await sign(here.home, ana, here.issuing)
  here.web.put('/root.crl', await empty(here.root))
  const { exit, err } = await judge(here, '--online')
  assert.equal(exit, 1)
  assert.match(
    err,
    /^could not fetch http:\/\/127\.0\.0\.1:1\/issuing\.crl: 127\.0\.0\.1 refuses connections on port 1$/m,
  )
})

test('a responder is asked where there is no list', async (t) => {
  const here = await place(t, (web) => [responderAt(`${web.origin}/ocsp`)])
  here.web.put('/root.crl', await empty(here.root))
  const { answer, asked } = ocspResponder(here.issuing, ({ nonce }) => nonce)
  here.web.put('/ocsp', answer)
  assert.equal((await judge(here, '--online')).exit, 0)
  assert.equal((await judgeChain(here, '--online')).exit, 0)
  assert.deepEqual(
    asked.map(({ certIds }) => certIds[0]?.serialHex),
    ['03', '03'],
  )
  here.web.put('/issuing.crl', await empty(here.issuing))
  here.web.asked.length = 0
  assert.equal((await judge(here, '--online')).exit, 0)
  assert.deepEqual(here.web.asked, ['/root.crl', '/issuing.crl'])
})

test('the lists of a time-stamp service are fetched too, so that its stamp counts', async (t) => {
  const here = await place(t)
  const stamper = await certify({
    name: 'CN=Stamps',
    serial: '05',
    issuer: here.root,
    extensions: [
      makeExtension('keyUsage', ['digitalSignature'], true),
      makeExtension('extendedKeyUsage', ['timeStamping'], true),
      listAt(`${here.web.origin}/stamps.crl`),
    ],
  })
  await sign(here.home, here.ana, here.issuing, stamper)
  here.web.put('/root.crl', await empty(here.root))
  here.web.put('/stamps.crl', await empty(here.root))
  here.web.put('/issuing.crl', await empty(here.issuing))
  const unknown = JSON.parse((await judge(here, '--json')).out)
  assert.equal(unknown.signatures[0].timeStamp.ok, false)
  const { exit, out, err } = await judge(here, '--online', '--json')
  assert.equal(exit, 0, err)
  assert.equal(JSON.parse(out).signatures[0].timeStamp.ok, true)
  assert.deepEqual(here.web.asked, ['/stamps.crl', '/root.crl', '/issuing.crl'])

  const { hash } = await imprintOf(utf8(TEXT))
  writeFileSync(join(here.home, 'text.tst'), await stampOf(stamper, hash))
  const stamp = (...args: string[]): Promise<Ran> =>
    scel(
      ['verify-signature', join(here.home, 'text.tst'), '--anchor', join(here.home, 'root.pem'), ...args],
      here.home,
      { now },
    )
  here.web.asked.length = 0
  assert.equal((await stamp()).exit, 1)
  assert.deepEqual(here.web.asked, [])
  assert.equal((await stamp('--online')).exit, 0)
  assert.deepEqual(here.web.asked, ['/stamps.crl'])
})

test('what is opened with --signed --online is there when the lists hold, and not otherwise', async (t) => {
  const here = await place(t)
  const at = (name: string): string => join(here.home, name)
  here.web.put('/root.crl', await empty(here.root))
  const people = await recipients()
  for (const name of ['bo.pem', 'bo.both.pem']) writeFileSync(at(name), people[name]!)
  writeFileSync(at('ana.both.pem'), pemOf(here.ana) + (await keyPemOf(here.ana)))
  const seal = ['seal', at('text'), '--to', at('bo.pem'), '--sign', at('ana.both.pem'), '--chain', at('issuing.pem')]
  assert.equal((await scel([...seal, '-o', at('text.p7m')], here.home, { now })).exit, 0)
  const keys = ['--key', at('bo.both.pem'), '--anchor', at('root.pem'), '--anyone', '--signed', '--online']
  const open = (): Promise<Ran> => scel(['open', at('text.p7m'), ...keys, '-o', at('opened')], here.home, { now })
  assert.equal((await open()).exit, 1)
  assert.equal(existsSync(at('opened')), false)
  here.web.put('/issuing.crl', await empty(here.issuing))
  const { exit, err } = await open()
  assert.equal(exit, 0, err)
  assert.equal(readFileSync(at('opened'), 'utf8'), TEXT)
})

test('SSRF: a chain of strangers makes not a single request', async (t) => {
  const here = await place(t)
  const evil = [listAt(`${here.web.origin}/evil.crl`), responderAt(`${here.web.origin}/evil`)]
  // Roots of their own, one with the name of ours.
  for (const name of ['CN=Stranger', 'CN=Root']) {
    const root = await certify({ name, serial: '01', extensions: [...authorityExtensions(), ...evil] })
    const extensions = [...forMail('ana@example.org'), ...evil]
    const leaf = await certify({ name: 'CN=Ana', serial: '03', issuer: root, extensions })
    await sign(here.home, leaf, root)
    write(here.home, 'ana.pem', leaf)
    write(here.home, 'issuing.pem', root)
    for (const run of [judge, judgeChain]) {
      assert.equal((await run(here, '--online')).exit, 1)
      assert.equal((await run(here, '--online', '--revocation', 'if-known')).exit, 1)
    }
  }
  assert.deepEqual(here.web.asked, [])
})

test('--online excludes leaving revocation out', async (t) => {
  const here = await place(t)
  for (const { exit, err } of [
    await judge(here, '--online', '--without-revocation'),
    await judgeChain(here, '--online', '--revocation', 'none'),
  ]) {
    assert.equal(exit, 2)
    assert.match(err, /--online/)
  }
  assert.deepEqual(here.web.asked, [])
})
