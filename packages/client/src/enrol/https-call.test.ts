import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer as createHttp, type RequestListener } from 'node:http'
import { createServer } from 'node:https'
import { type AddressInfo, createServer as createTcp, type Server } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { folderFor, makeLeaf, makeRoot } from '@scel/testkit/peers'
import { rootOfDesk } from '../trust/index.ts'
import { CliError } from '../ui/cli-error.ts'
import { explainByClock } from './clock.ts'
import { callHttp } from './http-call.ts'
import { callHttps, type HttpsCall } from './https-call.ts'

interface Place {
  readonly origin: string
  readonly root: string
  readonly folder: string
}

async function serve(
  t: TestContext,
  answer: RequestListener,
  leaf: { extensions?: string; days?: readonly string[] } = {},
): Promise<Place> {
  const folder = folderFor(t)
  const root = readFileSync(makeRoot(folder, 'root'), 'utf8')
  const cert = readFileSync(makeLeaf(folder, { root: 'root', name: 'leaf', ...leaf }))
  const server = createServer({ key: readFileSync(join(folder, 'leaf.key')), cert }, answer)
  server.on('tlsClientError', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return { origin: `https://localhost:${(server.address() as AddressInfo).port}`, root, folder }
}

const call = ({ origin, root }: Pick<Place, 'origin' | 'root'>, more: Partial<HttpsCall> = {}) =>
  callHttps({ origin, method: 'GET', path: '/', roots: [root], signal: AbortSignal.timeout(200_000), ...more })

test('a desk whose certificate comes from the kit’s root is spoken to', async (t) => {
  const place = await serve(t, (request, response) => void response.end(request.url))
  const { status, body } = await call(place, { path: '/api?x=1' })
  assert.deepEqual([status, String(body)], [200, '/api?x=1'])
})

test('any other desk is not, not even when the environment says to verify nothing', async (t) => {
  let asked = 0
  const place = await serve(t, (_, response) => {
    asked++
    response.end()
  })
  const other = folderFor(t)
  const root = readFileSync(makeRoot(other, 'root'), 'utf8') // the same name, another key
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
  t.after(() => delete process.env.NODE_TLS_REJECT_UNAUTHORIZED)
  await assert.rejects(call({ ...place, root }), { code: 'desk_not_trusted' })
  assert.equal(asked, 0)
})

test('a certificate for the desk’s name from another authority under its root is not the desk’s', async (t) => {
  const folder = folderFor(t)
  makeRoot(folder, 'root')
  const authority = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign'
  for (const name of ['desk', 'machines']) {
    makeLeaf(folder, { root: 'root', name, extensions: authority })
    makeLeaf(folder, { root: name, name: `by-${name}` })
  }
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  for (const [name, reached] of [
    ['desk', true],
    ['machines', false],
  ] as const) {
    const chain = [`by-${name}.pem`, `${name}.pem`, 'root.pem', 'desk.pem'].map(read).join('')
    const server = createServer({ key: read(`by-${name}.key`), cert: chain }, (_, response) => void response.end())
    server.on('tlsClientError', () => undefined)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.after(() => server.close())
    const origin = `https://localhost:${(server.address() as AddressInfo).port}`
    const asked = call({ origin, root: read('desk.pem') })
    if (reached) assert.equal((await asked).status, 200)
    else await assert.rejects(asked, { code: 'desk_not_trusted' })
    assert.equal((await call({ origin, root: read('root.pem') })).status, 200, 'the root alone would take both')
  }
})

test('a certificate of another name and an expired one are named', async (t) => {
  const answer: RequestListener = (_, response) => void response.end()
  const named = await serve(t, answer, { extensions: 'subjectAltName=DNS:other.example' })
  await assert.rejects(call(named), { code: 'desk_other_name', exit: 4 })
  const expired = await serve(t, answer, { days: ['-days', '-1'] })
  await assert.rejects(call(expired), { code: 'desk_certificate_expired' })
})

test('what is not there, not TLS, or silent is said in its own words', async (t) => {
  const root = readFileSync(makeRoot(folderFor(t), 'root'), 'utf8')
  const silent = createTcp(() => undefined)
  const plain = createHttp((_, response) => void response.end())
  for (const server of [silent, plain]) {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.after(() => server.close())
  }
  const at = (server: typeof silent): string => `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  await assert.rejects(call({ origin: 'https://name.invalid', root }), { code: 'name_not_found' })
  await assert.rejects(call({ origin: 'https://127.0.0.1:1', root }), { code: 'connection_refused' })
  await assert.rejects(call({ origin: at(plain), root }), { code: 'not_tls' })
  await assert.rejects(call({ origin: at(silent), root }, { timeoutSeconds: 0.3 }), { code: 'no_answer' })
})

test('who accepts and says nothing, and who sends an octet now and then, are left in the time that is said', async (t) => {
  const place = await serve(t, (_, response) => {
    response.writeHead(200)
    const drip = setInterval(() => response.write('x'), 40)
    response.on('close', () => clearInterval(drip))
  })
  const noAnswer = (seconds: number) => (error: { code: string; facts: { seconds: number } }) => {
    assert.deepEqual([error.code, error.facts.seconds], ['no_answer', seconds])
    return true
  }
  await assert.rejects(call(place, { timeoutSeconds: 1 }), noAnswer(4)) // for a handshake on a machine that is busy
  const mute = createTcp((socket) => void socket.on('error', () => undefined))
  mute.listen(0, '127.0.0.1')
  await once(mute, 'listening')
  t.after(() => mute.close())
  const origin = `https://127.0.0.1:${(mute.address() as AddressInfo).port}`
  await assert.rejects(call({ ...place, origin }, { timeoutSeconds: 0.3 }), noAnswer(0.3))
})

test('an answer without end is cut, and Ctrl-C is heard', async (t) => {
  const place = await serve(t, (request, response) => {
    if (request.url === '/wait') return
    const block = Buffer.alloc(256 * 1024)
    const pour = (): void => void (response.destroyed || response.write(block, () => setImmediate(pour)))
    pour()
  })
  await assert.rejects(call(place), { code: 'answer_unreadable' })
  const stop = new AbortController()
  setTimeout(() => stop.abort(), 100)
  await assert.rejects(call(place, { path: '/wait', signal: stop.signal }), { code: 'interrupted', exit: 130 })
})

test('an answer in chunks of an octet costs no more memory than its octets, and one of many of them is cut', async (t) => {
  const crumbs = (count: number): string => '1\r\nx\r\n'.repeat(count)
  const server = createTcp((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', (asked) => {
      const count = Number(/\d+/.exec(String(asked))![0])
      socket.end(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${crumbs(count)}0\r\n\r\n`)
    })
  })
  const origin = await listening(t, server)
  const asked = { roots: [], seconds: 20, largest: 64 * 1024, signal: AbortSignal.timeout(200_000) }
  const answer = async (count: number) => (await callHttp({ ...asked, url: new URL(`/${count}`, origin) })).bytes
  const whole = await answer(4_000)
  assert.equal(String(whole), 'x'.repeat(4_000))
  assert.ok(whole!.buffer.byteLength <= 64 * 1024)
  assert.equal(
    await answer(60_000),
    undefined,
    'fewer octets than are read, in pieces that cost far more than they hold',
  )
})

test('a certificate out of its time is put down to our clock when that is what is wrong', async (t) => {
  const url = await listening(
    t,
    createHttp((_, response) => void response.end()),
  )
  assert.equal((await explained(url, -3 * 3_600_000)).code, 'clock_behind')
  assert.equal((await explained(url, 3 * 3_600_000)).code, 'clock_ahead')
  assert.equal((await explained(url, 0)).code, 'desk_certificate_early')
})

test('who answers with another protocol, or with nothing, has answered: no call of ours waits for ever', {
  timeout: 300_000,
}, async (t) => {
  const switching: RequestListener = ({ socket }) =>
    void socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n')
  const place = await serve(t, switching)
  const { status, body } = await call(place)
  assert.deepEqual([status, body.length], [101, 0])
  const wanted = 'ab'.repeat(32)
  await assert.rejects(rootOfDesk(new URL(place.origin), wanted, AbortSignal.timeout(200_000)), {
    code: 'root_not_offered',
  })
  const plain = await listening(t, createHttp(switching))
  const ask = (url: string) =>
    callHttp({ url: new URL(url), roots: [], seconds: 10, largest: 100, signal: AbortSignal.timeout(200_000) })
  assert.equal((await ask(plain)).status, 101)
  assert.equal((await explained(plain, 3 * 3_600_000)).code, 'desk_certificate_early')
  const closing = await serve(t, ({ socket }) => void socket.end())
  await assert.rejects(call(closing), { code: 'connection_lost' })
  await assert.rejects(
    ask(
      await listening(
        t,
        createHttp(({ socket }) => void socket.end()),
      ),
    ),
    { code: 'ECONNRESET' },
  )
})

test('a service that tells the time letter by letter is left after a while', { timeout: 300_000 }, async (t) => {
  const dripping = createTcp((socket) => {
    socket.on('error', () => undefined)
    socket.write('HTTP/1.1 200 OK\r\nX: ')
    const drip = setInterval(() => socket.write('a'), 500)
    socket.on('close', () => clearInterval(drip))
  })
  assert.equal((await explained(await listening(t, dripping), 3 * 3_600_000)).code, 'desk_certificate_early')
})

async function listening(t: TestContext, server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** What becomes of a certificate that is not good yet, with our clock so far off. */
const explained = async (service: string, offset: number): Promise<CliError> =>
  (await explainByClock(
    new CliError('desk_certificate_early', { host: 'desk' }),
    service,
    new Date(Date.now() + offset),
    String,
  )) as CliError
