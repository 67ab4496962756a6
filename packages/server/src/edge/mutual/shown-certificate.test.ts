import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { connect, type SecureVersion } from 'node:tls'
import { makeTlsFiles } from '@scel/testkit/peers'
import { pino } from 'pino'
import { listen } from '../http/connections/listener.ts'
import { makeDoor } from '../http/door/door.ts'
import { connectionOf, shownCertificate } from './shown-certificate.ts'

interface Pair {
  readonly cert: string
  readonly key: string
  readonly files: { readonly cert: string; readonly key: string }
}

function selfSigned(folder: string, name: string): Pair {
  const { certificate, key } = makeTlsFiles(folder, name)
  return { cert: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8'), files: { cert: certificate, key } }
}

/** A door that answers whom it saw, on each call. */
async function mirror(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'scel-tls-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const [server, client, accepted] = ['localhost', 'client', 'accepted'].map((name) => selfSigned(folder, name))
  const door = makeDoor('test', pino({ level: 'silent' }))
  door.get('/', async (request) => {
    const der = shownCertificate(request)
    return { subject: der && new X509Certificate(der).subject, ...connectionOf(request) }
  })
  await door.ready()
  const tls = { chain: server!.cert, key: server!.key, askFor: [accepted!.cert] }
  const listener = await listen({ routing: door.routing, port: 0, hosts: ['127.0.0.1'], tls, log: door.log })
  t.after(() => listener.close(0))
  return { listener, tls, server: server!, client: client!, folder }
}

interface Seen {
  readonly subject?: string
  readonly resumed: boolean
  readonly version: string
}

/** One connection with so many calls on it; answers what the door saw, and the session to resume. */
async function visit(
  port: number,
  options: { ca: string; cert?: string; key?: string; session?: Buffer; maxVersion?: SecureVersion },
  calls = 1,
): Promise<{ seen: Seen[]; session: Buffer | undefined }> {
  let session: Buffer | undefined
  const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ...options })
  socket.on('session', (next: Buffer) => {
    session = next
  })
  await once(socket, 'secureConnect')
  const seen: Seen[] = []
  for (let at = 1; at <= calls; at++) {
    socket.write(`GET / HTTP/1.1\r\nHost: localhost\r\n${at === calls ? 'Connection: close\r\n' : ''}\r\n`)
    const [chunk] = (await once(socket, 'data')) as [Buffer]
    seen.push(JSON.parse(chunk.toString().split('\r\n\r\n')[1]!))
  }
  await once(socket, 'close')
  return { seen, session }
}

for (const maxVersion of ['TLSv1.3', 'TLSv1.2'] as const) {
  test(`${maxVersion}: the certificate is seen on every call of a connection, and again when its session is resumed`, async (t) => {
    const { listener, server, client } = await mirror(t)
    const options = { ca: server.cert, cert: client.cert, key: client.key, maxVersion }
    const first = await visit(listener.port, options, 3)
    assert.deepEqual(
      first.seen.map(({ subject, resumed, version }) => [subject, resumed, version]),
      Array(3).fill(['CN=client', false, maxVersion]),
    )
    assert.ok(first.session, 'the door gave no session to resume')
    // Resumed without showing the certificate again: the session itself says who it was.
    const again = await visit(listener.port, { ca: server.cert, maxVersion, session: first.session })
    assert.deepEqual([again.seen[0]?.subject, again.seen[0]?.resumed], ['CN=client', true])
  })
}

test('whoever shows no certificate is let in, and is nobody', async (t) => {
  const { listener, server } = await mirror(t)
  const { seen } = await visit(listener.port, { ca: server.cert })
  assert.equal(seen[0]?.subject, undefined)
})

test('the door asks for certificates of its authorities, and takes no old protocol and no renegotiation', async (t) => {
  const { listener, server } = await mirror(t)
  const ask = async (input: string, ...args: string[]): Promise<string> => {
    const target = ['s_client', '-connect', `127.0.0.1:${listener.port}`, '-CAfile', server.files.cert]
    const peer = spawn('openssl', [...target, ...args], { timeout: 10_000 })
    peer.stdin.write(input[0]!)
    setTimeout(() => peer.stdin.end(input.slice(1)), 300)
    const [out, err] = await Promise.all([peer.stdout.toArray(), peer.stderr.toArray()])
    return Buffer.concat([...out, ...err]).toString()
  }
  assert.match(await ask('\nQ\n'), /Acceptable client certificate CA names\s+CN ?= ?accepted/)
  assert.match(await ask('\nQ\n', '-tls1_1', '-cipher', 'ALL@SECLEVEL=0'), /alert|no protocols|unsupported/i)
  assert.match(await ask('\nQ\n', '-tls1_2', '-cipher', 'AES128-SHA256'), /handshake failure|alert/i)
  assert.match(await ask('R\nQ\n', '-tls1_2'), /no renegotiation|handshake failure|RENEGOTIATING[\s\S]*error/i)
})

test('a renewed certificate is shown to the next visitor, and the door stays open', async (t) => {
  const { listener, tls, server, folder } = await mirror(t)
  const next = selfSigned(folder, 'next')
  await assert.rejects(visit(listener.port, { ca: next.cert }))
  listener.renew({ ...tls, chain: next.cert, key: next.key })
  assert.equal((await visit(listener.port, { ca: next.cert })).seen.length, 1)
  await assert.rejects(visit(listener.port, { ca: server.cert }))
})
