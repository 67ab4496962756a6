import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { Agent } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { SecureVersion } from 'node:tls'
import { promisify } from 'node:util'
import { certify, keyPemOf, pemOf } from '@scel/testkit/authority'
import {
  call,
  cookieOf,
  enrolMachine,
  type Furnished,
  furnish,
  makeCredential,
  signIn,
  startDesk,
  type TestDesk,
  visitorOf,
} from '../../testing/index.ts'

const run = promisify(execFile)
const DAY = 86_400_000

let desk: TestDesk
let people: Furnished
before(async () => {
  desk = await startDesk()
  people = await furnish(desk)
})
after(() => desk.stop())

const whoAmI = (input: Parameters<typeof call>[1]) =>
  call(`${desk.services.mutual}/api/whoami`, { ca: desk.root, ...input })
const revoke = (id: string) => people.administrator.post(`/api/certificates/${id}/revoke`, { reason: 'keyCompromise' })

test('the protected API says what it saw of a certificate', async () => {
  const machine = await enrolMachine(desk, people.post)
  const { status, json } = await whoAmI({ cert: machine.certificate, key: machine.key })
  assert.equal(status, 200)
  assert.equal(json.serial, machine.serial)
  assert.deepEqual(json.organisation, { code: 'J1CFRA', name: 'France-LA POSTE' })
  assert.equal(json.request, machine.number)
  assert.equal(json.tls.version, 'TLSv1.3')
})

test('curl with the certificate reaches the protected API, and after the revocation does not', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'scel-curl-'))
  t.after(() => rm(folder, { recursive: true }))
  const machine = await enrolMachine(desk, people.post)
  const at = (name: string): string => join(folder, name)
  await writeFile(at('root.pem'), desk.root)
  await writeFile(at('cert.pem'), machine.certificate)
  await writeFile(at('key.pem'), machine.key, { mode: 0o600 })
  const curl = async (): Promise<string> => {
    const files = ['--cacert', at('root.pem'), '--cert', at('cert.pem'), '--key', at('key.pem')]
    const { stdout } = await run('curl', ['-sS', ...files, '-w', '%{http_code}', `${desk.services.mutual}/api/whoami`])
    return stdout
  }
  assert.match(await curl(), /"revocation":"good".*200$/s)
  assert.equal((await revoke(machine.certificateId)).status, 200)
  assert.match(await curl(), /certificate_is_revoked.*403$/s)
})

for (const maxVersion of ['TLSv1.3', 'TLSv1.2'] satisfies SecureVersion[]) {
  test(`${maxVersion}: a revocation is felt on the very next call of a connection that stands, and of a session that resumes`, async (t) => {
    const machine = await enrolMachine(desk, people.post)
    const tls = { ca: desk.root, cert: machine.certificate, key: machine.key, maxVersion }
    // One agent keeps its connection; the other closes it after each call and resumes the TLS session.
    const kept = new Agent({ keepAlive: true, maxSockets: 1, ...tls })
    const resuming = new Agent({ keepAlive: false, maxCachedSessions: 10, ...tls })
    t.after(() => kept.destroy())
    assert.equal((await whoAmI({ agent: kept })).status, 200)
    assert.equal((await whoAmI({ agent: resuming })).json.tls.resumed, false)
    const second = await whoAmI({ agent: resuming })
    assert.deepEqual([second.status, second.json.tls.resumed], [200, true])
    assert.equal(Object.values(kept.freeSockets).flat().length, 1)

    await revoke(machine.certificateId)
    for (const agent of [kept, resuming, kept, resuming]) {
      const { status, json } = await whoAmI({ agent })
      assert.deepEqual([status, json.code], [403, 'certificate_is_revoked'])
    }
  })
}

test('no certificate, a stranger’s, and one of another purpose are refused, each with its own code', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'scel-stranger-'))
  t.after(() => rm(folder, { recursive: true }))
  assert.deepEqual(codeOf(await whoAmI({})), [401, 'certificate_missing'])

  const imitated = await certify({ name: '/O=Scel/CN=Scel Machines' })
  const stranger = { cert: pemOf(imitated), key: await keyPemOf(imitated) }
  assert.deepEqual(codeOf(await whoAmI(stranger)), [403, 'certificate_unknown_authority'])

  const tls = await desk.core.ownCertificates.tlsIdentity(['localhost', '127.0.0.1', '::1'])
  assert.deepEqual(codeOf(await whoAmI({ cert: tls.chain, key: tls.key })), [403, 'certificate_wrong_purpose'])
})

test('a certificate that a machine holds signs no person in', async () => {
  const machine = await enrolMachine(desk, people.post)
  const { status, headers } = await signIn(desk, machine)
  assert.equal(status, 303)
  assert.match(String(headers.location), /\/sign-in\?refused=certificate_(without_account|wrong_purpose)$/)
  assert.equal(headers['set-cookie'], undefined)
})

test('a person signs in with his certificate, from the portal’s own page only', async () => {
  const { manager } = people.post
  const good = await signIn(desk, manager)
  assert.equal(good.headers.location, `${desk.services.portal}/`)
  const cookie = String(good.headers['set-cookie'])
  assert.match(cookie, /^__Host-scel-session=[A-Za-z0-9_-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/)
  assert.equal((await visitorOf(desk, { cookie: cookieOf(good) }).get('/api/session')).status, 200)

  const form = { method: 'POST', body: '', ca: desk.root, cert: manager.certificate, key: manager.key }
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  for (const foreign of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: desk.services.mutual },
    { 'sec-fetch-site': 'cross-site' },
    { origin: desk.services.portal, 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'none' },
  ]) {
    const { status, headers } = await call(`${desk.services.mutual}/sign-in`, {
      ...form,
      headers: { ...type, ...foreign } as never,
    })
    assert.deepEqual([status, headers.location], [303, `${desk.services.portal}/sign-in?refused=origin_refused`])
    assert.equal(headers['set-cookie'], undefined)
  }
})

test('the sign-in address shows nobody a form, and takes nothing but one', async () => {
  const shown = await call(`${desk.services.mutual}/sign-in`, { ca: desk.root })
  assert.deepEqual([shown.status, shown.headers.location], [303, `${desk.services.portal}/sign-in`])
  const missing = await call(`${desk.services.mutual}/sign-in`, { method: 'POST', ca: desk.root })
  assert.equal(missing.headers.location, `${desk.services.portal}/sign-in?refused=certificate_missing`)
})

test('the mutual door has the protected API and nothing of the portal’s', async () => {
  const { certificate: cert, key, cookie } = people.administrator
  for (const path of ['/api/session', '/api/requests', '/api/desk', '/', '/metrics', '/crl/x.crl']) {
    const answer = await call(`${desk.services.mutual}${path}`, { ca: desk.root, cert, key, headers: { cookie } })
    assert.deepEqual(codeOf(answer), [404, 'route_unknown'], path)
  }
  assert.deepEqual(codeOf(await people.administrator.get('/api/whoami')), [404, 'route_unknown'])
})

test('a foreign page cannot use the certificate that a browser would show for it', async () => {
  const { certificate: cert, key } = people.administrator
  for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
    assert.deepEqual(codeOf(await whoAmI({ cert, key, headers: headers as never })), [403, 'origin_refused'])
  }
  // The portal is another origin of the same site, and links to it.
  for (const site of ['none', 'same-site']) {
    assert.equal((await whoAmI({ cert, key, headers: { 'sec-fetch-site': site } as never })).status, 200, site)
  }
})

test('revoking a person’s certificate ends the sessions begun with it, and signs nobody in any more', async () => {
  const { manager } = people.bank
  const session = visitorOf(desk, { cookie: cookieOf(await signIn(desk, manager)) })
  const { json: me } = await session.get('/api/session')
  await revoke(me.person.signIn.certificate)
  for (const visitor of [session, manager]) {
    const ended = await visitor.get('/api/session')
    assert.deepEqual(codeOf(ended), [401, 'session_ended'])
    assert.match(String(ended.headers['set-cookie']), /^__Host-scel-session=;.*Max-Age=0/)
  }
  const { headers } = await signIn(desk, manager)
  assert.equal(headers.location, `${desk.services.portal}/sign-in?refused=certificate_is_revoked`)
  assert.deepEqual(codeOf(await whoAmI({ cert: manager.certificate, key: manager.key })), [
    403,
    'certificate_is_revoked',
  ])
})

test('a key alone is no certificate: a made-up one with a known name and serial is refused', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'scel-forged-'))
  t.after(() => rm(folder, { recursive: true }))
  const machine = await enrolMachine(desk, people.post)
  const { key, csr } = await makeCredential({ commonName: 'Scel Machines' })
  const at = (name: string): string => join(folder, name)
  await Promise.all([writeFile(at('ca.csr'), csr), writeFile(at('ca.key'), key)])
  // A false authority with the true one's name issues the true serial.
  await run('openssl', [
    'x509',
    '-req',
    '-in',
    at('ca.csr'),
    '-signkey',
    at('ca.key'),
    '-subj',
    '/O=Scel/CN=Scel Machines',
    '-out',
    at('ca.pem'),
  ])
  const leaf = await makeCredential({ commonName: 'ws' })
  await writeFile(at('leaf.csr'), leaf.csr)
  const serial = ['-set_serial', `0x${machine.serial}`]
  await run('openssl', [
    'x509',
    '-req',
    '-in',
    at('leaf.csr'),
    '-CA',
    at('ca.pem'),
    '-CAkey',
    at('ca.key'),
    ...serial,
    '-out',
    at('leaf.pem'),
  ])
  const cert = `${await readFile(at('leaf.pem'), 'utf8')}${await readFile(at('ca.pem'), 'utf8')}`
  const { status, json } = await whoAmI({ cert, key: leaf.key })
  assert.equal(status, 403)
  assert.match(json.code, /^certificate_(unknown_authority|refused)$/)
})

test('a certificate ends with its last day, and one of the future has not begun', async () => {
  const machine = await enrolMachine(desk, people.post)
  // The desk's own certificate follows its clock, which is not this machine's: here it is not what is looked at.
  const agent = new Agent({ rejectUnauthorized: false, cert: machine.certificate, key: machine.key })
  const codeAfter = async (days: number): Promise<[number, string]> => {
    await desk.moveClock(days * DAY)
    return codeOf(await whoAmI({ agent }))
  }
  assert.deepEqual(await codeAfter(366), [403, 'certificate_expired_at'])
  assert.deepEqual(await codeAfter(-370), [403, 'certificate_not_valid_before'])
  await desk.moveClock(4 * DAY)
})

const codeOf = ({ status, json }: { status: number; json: { code: string } }): [number, string] => [status, json.code]
