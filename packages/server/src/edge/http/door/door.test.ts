import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { type TestContext, test } from 'node:test'
import { refuse } from '@scel/contract/errors'
import { createOrganisation } from '@scel/contract/routes'
import { pino } from 'pino'
import { realWorld } from '../../../core/world.ts'
import { type Answer, call } from '../../../testing/call.ts'
import { listen } from '../connections/listener.ts'
import { limitCalls } from '../limits/rate-limit.ts'
import { type Handler, register } from '../routes/register.ts'
import { type Door, makeDoor, refuseUnknownRoutes } from './door.ts'

interface Site {
  readonly at: string
  readonly port: number
  readonly log: string[]
}

type Create = Handler<typeof createOrganisation>

async function openDoor(t: TestContext, handler: Create, perMinute = 1_000_000): Promise<Site> {
  const log: string[] = []
  const door: Door = makeDoor('test', pino({ level: 'info' }, { write: (line: string) => void log.push(line) }))
  await limitCalls(door, perMinute, realWorld)
  const guards = { origin: () => undefined, actor: async () => undefined }
  register(door, guards, createOrganisation, handler)
  refuseUnknownRoutes(door)
  await door.ready()
  const listener = await listen({ routing: door.routing, port: 0, hosts: ['127.0.0.1'], log: door.log })
  t.after(() => listener.close(0))
  return { at: `http://127.0.0.1:${listener.port}`, port: listener.port, log }
}

const never: Create = async () => assert.fail('the handler was reached')
const url = createOrganisation.path
const post = ({ at }: Site, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  call(`${at}${url}`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })

/** Writes bytes as they are, and reads what comes back until the other side hangs up. */
async function raw({ port }: Site, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.end(text)
  return Buffer.concat(await socket.toArray()).toString()
}

const codeOf = ({ json, status, headers }: Answer): string => {
  assert.match(String(headers['content-type']), /^application\/problem\+json/)
  assert.equal(json.status, status)
  return `${status} ${json.code}`
}

test('a body that is no JSON, no UTF-8 or too deep is refused with its own reason', async (t) => {
  const site = await openDoor(t, never)
  for (const [body, what] of [
    ['{', 'not_json'],
    ['{"code": NaN}', 'not_json'],
    [Buffer.from([0x22, 0xff, 0x22]), 'not_utf8'],
    ['['.repeat(100_000), 'too_deep'],
    [`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`, 'too_deep'],
    ['{"__proto__": {"code": 1}}', 'unknown_field'],
    ['null', 'wrong_type'],
    ['"[[[["', 'wrong_type'],
  ] as const) {
    const answer = await post(site, body)
    assert.equal(codeOf(answer), '400 input_invalid')
    assert.equal(answer.json.facts.what, what, String(body).slice(0, 40))
  }
})

test('more than any body of its route is refused, told beforehand or not', async (t) => {
  const site = await openDoor(t, never)
  assert.equal(codeOf(await post(site, 'x'.repeat(200_000))), '413 body_too_large')
  const chunk = 'x'.repeat(65_536)
  const chunks = `10000\r\n${chunk}\r\n`.repeat(17)
  const head = `POST ${url} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`
  assert.match(await raw(site, `${head}${chunks}0\r\n\r\n`), /^HTTP\/1.1 413 [\s\S]*body_too_large/)
})

test('another media type, and none, are refused by name', async (t) => {
  const site = await openDoor(t, never)
  for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'x', '']) {
    const answer = await post(site, '{}', { 'content-type': type })
    assert.equal(codeOf(answer), '415 media_type_unsupported', type)
  }
})

test('what is not HTTP is answered and hung up on, and others are served meanwhile', async (t) => {
  const site = await openDoor(t, never)
  for (const text of [
    'GARBAGE\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: x\r\nBad Header: 1\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n',
    `POST ${url} HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    'GET / HTTP/1.1\r\nHost: x\r\nX: a\u0000b\r\n\r\n',
    '\u0016\u0003\u0001\u0002\u0000\u0001',
  ]) {
    assert.match(await raw(site, text), /^HTTP\/1.1 400 /, JSON.stringify(text))
  }
  assert.match(await raw(site, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`), /^HTTP\/1.1 431 /)
  assert.equal(codeOf(await call(`${site.at}/nothing`)), '404 route_unknown')
})

test('addresses that cannot be read are refused, not passed on', async (t) => {
  const site = await openDoor(t, never)
  for (const path of ['/%', '/%zz', '/%c0%ae%c0%ae/', '/../../etc/passwd', '//evil.example/', '/\\..\\x']) {
    assert.match(
      await raw(site, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`),
      /^HTTP\/1.1 40[04] /,
      path,
    )
  }
})

test('an error nobody foresaw is answered with a reference that the log knows, and nothing else', async (t) => {
  const site = await openDoor(t, async () => {
    throw new Error('secret of the house')
  })
  const answer = await post(site, { code: 'AB', name: 'x', country: 'FR' })
  assert.equal(codeOf(answer), '500 internal')
  assert.doesNotMatch(answer.text, /secret of the house/)
  const line = site.log.find((one) => one.includes('secret of the house'))
  assert.ok(line?.includes(answer.json.facts.reference))
})

test('an answer carries the fields of the contract and no others', async (t) => {
  const organisation = {
    id: 'A'.repeat(22),
    code: 'AB',
    name: 'x',
    country: 'FR',
    nameSuffixes: [],
    createdAt: '2026-01-01T00:00:00.000Z',
    counts: { managers: 0, kits: 0, pending: 0, certificates: 0, hidden: 1 },
    secretHash: 'never',
  }
  const site = await openDoor(t, async () => Object.freeze(organisation))
  const answer = await post(site, { code: 'AB', name: 'x', country: 'FR' })
  assert.equal(answer.status, 200)
  assert.doesNotMatch(answer.text, /never|hidden/)
  assert.equal(answer.headers['cache-control'], 'no-store')
})

test('an answer that misses the contract is our fault, not the caller’s', async (t) => {
  const site = await openDoor(t, async () => ({ id: 'short' }) as never)
  assert.equal(codeOf(await post(site, { code: 'AB', name: 'x', country: 'FR' })), '500 internal')
})

test('the log says what was called, never what was sent', async (t) => {
  const site = await openDoor(t, never)
  await call(`${site.at}${url}?search=private`, {
    method: 'POST',
    body: '{"code": "private"}',
    headers: {
      cookie: 'a=private',
      authorization: 'private',
      'user-agent': 'private',
      'content-type': 'application/json',
    },
  })
  assert.match(site.log.join(''), /"path":"\/api\/organisations"/)
  assert.doesNotMatch(site.log.join(''), /private/)
})

test('words follow Accept-Language, also for what has no route', async (t) => {
  const site = await openDoor(t, never)
  const { json, headers } = await call(`${site.at}/x`, { headers: { 'accept-language': 'fr' } })
  assert.match(json.detail, /Il n’y a rien/)
  assert.equal(headers['content-language'], 'fr')
})

test('one address may call so often a minute; whatever it calls counts', async (t) => {
  const site = await openDoor(t, never, 3)
  const statuses: number[] = []
  for (const path of [url, '/x', '/y', '/z']) statuses.push((await call(`${site.at}${path}`)).status)
  assert.equal(statuses.filter((status) => status === 429).length, 1)
  const refused = await call(`${site.at}/x`)
  assert.equal(codeOf(refused), '429 too_many_requests')
  assert.match(String(refused.headers['retry-after']), /^[0-9]+$/)
})

test('whoever meets a database that does not answer, or has no connection left, is told when to come again', async (t) => {
  const site = await openDoor(t, async () => refuse('storage_unavailable', {}))
  const answer = await post(site, { code: 'AB', name: 'x', country: 'FR' })
  assert.equal(codeOf(answer), '503 storage_unavailable')
  assert.match(String(answer.headers['retry-after']), /^[0-9]+$/)
})

test('C1: a megabyte of commas is refused before half a million values are made of it', async (t) => {
  const site = await openDoor(t, never)
  assert.equal(codeOf(await post(site, `[0${',0'.repeat(500_000)}]`)), '413 body_too_large')
  for (const body of [`[0${',0'.repeat(70_000)}]`, `{"\\u0061":[0${',0'.repeat(70_000)}]}`, '{},'.repeat(50_000)]) {
    const answer = await post(site, body)
    assert.equal(codeOf(answer), '400 input_invalid')
    assert.deepEqual(answer.json.facts, { where: 'body', what: 'too_long' })
  }
  const answer = await post(site, { code: ',[{'.repeat(10_000) })
  assert.deepEqual(answer.json.facts, { where: 'body/code', what: 'too_long' })
})

test('L10: the name of a call tells nobody how many there were', async (t) => {
  const site = await openDoor(t, never)
  const names: string[] = []
  for (let calls = 0; calls < 20; calls++) names.push(String((await call(`${site.at}/x`)).headers['x-request-id']))
  assert.equal(new Set(names).size, 20)
  for (const name of names) assert.match(name, /^[A-Za-z0-9_-]{16}$/)
  // No two of them begin alike, as those of a counter do.
  assert.equal(new Set(names.map((name) => name.slice(0, 6))).size, 20)
})

test('a call that names two hosts, or none that is one, is refused; whoever names one host is answered', async (t) => {
  const site = await openDoor(t, never)
  const asked = (hosts: string): Promise<string> =>
    raw(site, `GET /nothing HTTP/1.1\r\n${hosts}Connection: close\r\n\r\n`)
  for (const hosts of [
    'Host: desk.example\r\nHost: evil.example\r\n',
    'Host: desk.example\r\nhOST: desk.example\r\n',
    'Host: a\r\nHost: \r\n',
    'Host: desk.example, evil.example\r\n',
    'Host: desk.example/path\r\n',
    'Host: user@desk.example\r\n',
    'Host: [::1\r\n',
    'Host: desk.example:https\r\n',
    `Host: desk.example\r\n${'a: b\r\n'.repeat(150)}Host: evil.example\r\n`,
    '',
  ]) {
    assert.match(await asked(hosts), /^HTTP\/1.1 400 /, hosts)
  }
  for (const host of ['desk.example', 'desk.example:8443', '[::1]:8443', '127.0.0.1', 'xn--caf-dma.example', '']) {
    assert.match(await asked(`Host: ${host}\r\n`), /^HTTP\/1.1 404 /, host)
  }
})
