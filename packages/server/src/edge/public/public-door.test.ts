import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { pemDecode } from '@scel/pki/bytes'
import {
  type Answer,
  call,
  enrolMachine,
  type Furnished,
  furnish,
  type Machine,
  startDesk,
  type TestDesk,
} from '../../testing/index.ts'

const run = promisify(execFile)

let desk: TestDesk
let people: Furnished
let folder: string
const at = (name: string): string => join(folder, name)

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scel-public-'))
  desk = await startDesk()
  people = await furnish(desk)
})
after(async () => {
  await desk.stop()
  await rm(folder, { recursive: true })
})

const open = (path: string, input: Parameters<typeof call>[1] = {}): Promise<Answer> =>
  call(`${desk.services.public}${path}`, input)
const revoke = ({ certificateId }: Machine) =>
  people.administrator.post(`/api/certificates/${certificateId}/revoke`, { reason: 'superseded' })

/** Runs openssl and answers everything it said, whatever its exit code. */
async function openssl(...args: string[]): Promise<string> {
  try {
    const { stdout, stderr } = await run('openssl', args)
    return stdout + stderr
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    return stdout + stderr
  }
}

async function filesOf(machine: Machine): Promise<void> {
  const [leaf] = machine.certificate.split(/(?<=-----END CERTIFICATE-----\n)/)
  await Promise.all([
    writeFile(at('leaf.pem'), leaf!),
    writeFile(at('issuer.pem'), machine.issuer),
    writeFile(at('root.pem'), desk.root),
  ])
}

/** The lists of the issuing authority and of the root, fetched at the addresses that the certificates carry. */
async function listsOf(): Promise<string> {
  const lists: string[] = []
  for (const file of ['leaf.pem', 'issuer.pem']) {
    const text = await openssl('x509', '-in', at(file), '-noout', '-ext', 'crlDistributionPoints')
    const address = /URI:(\S+)/.exec(text)?.[1] ?? assert.fail(`${file} has no list`)
    assert.ok(address.startsWith(desk.services.public))
    const { bytes, status, headers } = await call(address)
    assert.equal(status, 200)
    assert.equal(headers['content-type'], 'application/pkix-crl')
    await writeFile(at('crl.der'), bytes)
    lists.push(await openssl('crl', '-inform', 'DER', '-in', at('crl.der')))
  }
  return lists.join('\n')
}

test('openssl verifies the chain with the lists, until the revocation', async () => {
  const machine = await enrolMachine(desk, people.post)
  await filesOf(machine)
  const verify = async (): Promise<string> => {
    await writeFile(at('crls.pem'), await listsOf())
    const checks = ['-crl_check_all', '-x509_strict', '-purpose', 'sslclient', '-CRLfile', at('crls.pem')]
    return openssl('verify', ...checks, '-CAfile', at('root.pem'), '-untrusted', at('issuer.pem'), at('leaf.pem'))
  }
  assert.match(await verify(), /leaf\.pem: OK/)
  assert.equal((await revoke(machine)).status, 200)
  assert.match(await verify(), /certificate revoked/)
})

test('openssl asks OCSP by POST and by GET: good, revoked with its reason, unknown', async () => {
  const machine = await enrolMachine(desk, people.post)
  await filesOf(machine)
  const query = ['-issuer', at('issuer.pem'), '-cert', at('leaf.pem')]
  const trust = ['-CAfile', at('root.pem'), '-verify_other', at('issuer.pem')]
  const ask = (...more: string[]): Promise<string> =>
    openssl('ocsp', ...query, ...trust, '-url', `${desk.services.public}/ocsp`, '-text', ...more)
  const good = await ask()
  assert.match(good, /Response verify OK/)
  assert.match(good, /leaf\.pem: good/)
  assert.doesNotMatch(good, /WARNING: no nonce/)
  const sha256 = ['ocsp', '-sha256', ...query, ...trust, '-url', `${desk.services.public}/ocsp`]
  assert.match(await openssl(...sha256), /leaf\.pem: good/)
  await revoke(machine)
  assert.match(await ask(), /leaf\.pem: revoked[\s\S]*Reason: superseded/)

  const never = await openssl(
    'ocsp',
    '-issuer',
    at('issuer.pem'),
    '-serial',
    '0x1234',
    ...trust,
    '-url',
    `${desk.services.public}/ocsp`,
  )
  assert.match(never, /0x1234: unknown/)

  await openssl('ocsp', ...query, '-no_nonce', '-reqout', at('request.der'))
  const request = (await readFile(at('request.der'))).toString('base64')
  for (const path of [encodeURIComponent(request), request.replaceAll('+', '%2B')]) {
    const { status, headers, bytes } = await open(`/ocsp/${path}`)
    assert.equal(status, 200)
    assert.equal(headers['content-type'], 'application/ocsp-response')
    assert.match(String(headers['cache-control']), /max-age=\d+|no-store/)
    await writeFile(at('response.der'), bytes)
    const read = await openssl('ocsp', ...query, ...trust, '-no_nonce', '-respin', at('response.der'))
    assert.match(read, /leaf\.pem: revoked/)
  }
})

test('garbage asked of OCSP is answered with an OCSP error, and too much of it is refused', async () => {
  const post = (body: Buffer, type = 'application/ocsp-request') =>
    open('/ocsp', { method: 'POST', body, headers: { 'content-type': type } })
  for (const body of [
    Buffer.alloc(0),
    Buffer.from('x'),
    Buffer.alloc(4_000, 0x30),
    Buffer.from('3080'.repeat(900), 'hex'),
  ]) {
    const { status, bytes, headers } = await post(body)
    assert.equal(status, 200)
    assert.equal(headers['content-type'], 'application/ocsp-response')
    assert.equal(bytes.toString('hex'), '30030a0101') // malformedRequest, RFC 6960 §4.2.1
  }
  await refusesOther(post, 'application/ocsp-request')
  assert.equal((await open('/ocsp/%%%')).status, 400)
  assert.equal((await open(`/ocsp/${'A'.repeat(9_000)}`)).status < 500, true)
  assert.equal((await open('/ocsp/')).bytes.toString('hex'), '30030a0101')
})

test('authority certificates lie where certificates say, and nothing lies elsewhere', async () => {
  const machine = await enrolMachine(desk, people.post)
  await filesOf(machine)
  const text = await openssl('x509', '-in', at('leaf.pem'), '-noout', '-ext', 'authorityInfoAccess')
  const address = /CA Issuers - URI:(\S+)/.exec(text)?.[1] ?? assert.fail('no issuer address')
  const { status, headers, bytes } = await call(address)
  assert.deepEqual([status, headers['content-type']], [200, 'application/pkix-cert'])
  assert.deepEqual(bytes, Buffer.from(pemDecode(machine.issuer)[0]!.der))
  for (const path of [
    '/ca/AAAAAAAAAAAAAAAAAAAAAA.cer',
    '/crl/AAAAAAAAAAAAAAAAAAAAAA.crl',
    '/crl/..%2f..%2fx.crl',
    '/crl/.crl',
  ]) {
    assert.equal((await open(path)).status, 404, path)
  }
})

test('the public door knows nothing of the API, and answers no form', async () => {
  for (const path of ['/api/desk', '/api/session', '/sign-in', '/']) {
    assert.equal((await open(path)).json.code, 'route_unknown', path)
  }
  assert.equal((await open('/crl/x.crl', { method: 'POST', body: {} })).status, 404)
})

test('health is for everybody, and nothing that the desk counts is shown here, to a relay on this machine either', async () => {
  assert.deepEqual((await open('/health/live')).json, { ok: true })
  assert.deepEqual((await open('/health/ready')).json, { ok: true })
  for (const headers of [{}, { 'x-real-ip': '192.0.2.7' }, { host: 'evil.example' }]) {
    assert.equal((await open('/metrics', { headers })).json.code, 'route_unknown')
  }
})

test('openssl asks for time stamps and verifies them, under the root of each environment', async () => {
  const { json } = await call(`${desk.services.portal}/api/desk`, { ca: desk.root })
  await writeFile(at('offer.txt'), 'an offer')
  await openssl('ts', '-query', '-data', at('offer.txt'), '-sha256', '-cert', '-out', at('q.tsq'))
  const body = await readFile(at('q.tsq'))
  const headers = { 'content-type': 'application/timestamp-query' }
  const addresses: { environment: string; address: string }[] = json.timeStamps
  assert.deepEqual(
    addresses.map(({ environment }) => environment),
    ['production', 'test'],
  )
  for (const { environment, address } of addresses) {
    const root = json.roots.find((one: { environment: string }) => one.environment === environment)
    await writeFile(at('tsa-root.pem'), root.pem)
    const { status, headers: answered, bytes } = await call(address, { method: 'POST', headers, body })
    assert.deepEqual([status, answered['content-type'], answered['cache-control']], [200, REPLY, 'no-store'])
    await writeFile(at('r.tsr'), bytes)
    const verify = ['ts', '-verify', '-queryfile', at('q.tsq'), '-in', at('r.tsr'), '-CAfile', at('tsa-root.pem')]
    assert.match(await openssl(...verify), /Verification: OK/)
  }
  // A browser at the portal can call nothing over plain HTTP, so the portal's door stamps as well.
  const secure = await call(`${desk.services.portal}/tsp`, { method: 'POST', headers, body, ca: desk.root })
  assert.deepEqual([secure.status, secure.headers['content-type']], [200, REPLY])
})

test('garbage asked of the time stamps is rejected in their own words, and too much of it is refused', async () => {
  const post = (body: Buffer, type = 'application/timestamp-query') =>
    open('/tsp', { method: 'POST', body, headers: { 'content-type': type } })
  for (const body of [Buffer.alloc(0), Buffer.from('x'), Buffer.from('3080'.repeat(900), 'hex')]) {
    const { status, bytes, headers } = await post(body)
    assert.deepEqual([status, headers['content-type']], [200, REPLY])
    await writeFile(at('r.tsr'), bytes)
    const said = await openssl('ts', '-reply', '-in', at('r.tsr'), '-text')
    assert.match(said, /Status: Rejected\.[\s\S]*not a time-stamp request[\s\S]*data submitted has the wrong format/)
  }
  await refusesOther(post, 'application/timestamp-query')
  assert.equal((await open('/tsp')).status, 404)
})

const REPLY = 'application/timestamp-reply'

/** More than 8 KiB, and other media types than its own, among them those of JSON and of its neighbour. */
async function refusesOther(post: (body: Buffer, type: string) => Promise<Answer>, own: string): Promise<void> {
  const { status, json } = await post(Buffer.alloc(8_193), own)
  assert.deepEqual([status, json.code, json.facts.limit], [413, 'body_too_large', 8_192])
  const types = ['application/json', 'application/ocsp-request', 'application/timestamp-query', 'text/plain', '']
  for (const type of types.filter((one) => one !== own)) {
    const refused = await post(Buffer.from('not JSON'), type)
    assert.deepEqual([refused.status, refused.json.facts.expected], [415, own], type)
  }
}
