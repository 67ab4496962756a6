// What is fetched for a chain, and what is not: addresses, redirects, sizes, silence, answers to other questions.

import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Want } from '@scel/pki/path'
import { authorityExtensions, certify } from '@scel/testkit/authority'
import { listOf } from '../../test/list-of.ts'
import { ocspResponder } from '../../test/ocsp-responder.ts'
import { type WebServer, webServer } from '../../test/web-server.ts'
import { isCliError } from '../ui/cli-error.ts'
import { type FetchStatusOptions, type StatusFetcher, statusFetcher } from './fetch-status.ts'

const issuer = await certify({ name: 'CN=CA', serial: '01', extensions: authorityExtensions() })
const [leaf, other] = await Promise.all(
  ['02', '03'].map((serial) => certify({ name: 'CN=leaf', serial, issuer, extensions: [] })),
)
const certificate = leaf!.certificate
const list = await listOf({ signer: issuer, extensions: [] })

const wanted = (url: string, kind: Want['kind'] = 'crl'): Want => ({
  ...{ kind, url, certificate },
  issuer: issuer.certificate,
})

const fetcher = (change: Partial<FetchStatusOptions> = {}): StatusFetcher =>
  statusFetcher({ roots: [], signal: new AbortController().signal, ...change })

/** How the only address failed. */
async function failure(fetching: StatusFetcher, url: string, kind?: Want['kind']): Promise<string> {
  assert.equal(await fetching.fetch(wanted(url, kind)), undefined)
  const [one, ...more] = fetching.asked
  assert.deepEqual([one?.url, more], [url, []])
  return one?.error && 'code' in one.error ? String(one.error.code) : 'none'
}

const slow = async (t: TestContext): Promise<{ web: WebServer; url: string }> => {
  const web = await webServer(t)
  // It drips for ever, so that it is never silent.
  const url = web.put('/slow', (_, response) => {
    response.writeHead(200)
    const drip = setInterval(() => response.write('x'), 20)
    response.on('close', () => clearInterval(drip))
  })
  return { web, url }
}

test('a list is fetched once, whoever asks for it', async (t) => {
  const web = await webServer(t)
  const url = web.put('/list', list)
  const fetching = fetcher()
  const first = await fetching.fetch(wanted(url))
  assert.equal(first?.crls?.length, 1)
  assert.equal(await fetching.fetch({ ...wanted(url), certificate: other!.certificate }), first)
  assert.deepEqual([web.asked, fetching.asked], [['/list'], [{ kind: 'crl', url }]])
})

test('an address that failed is not asked again', async (t) => {
  const web = await webServer(t)
  const fetching = fetcher()
  for (let i = 0; i < 2; i++) {
    assert.equal(await failure(fetching, `${web.origin}/nothing`), 'service_refused')
  }
  assert.deepEqual(web.asked, ['/nothing'])
})

test('SSRF: a redirect is not followed, not even within the host', async (t) => {
  const web = await webServer(t)
  web.put('/list', list)
  for (const [status, to] of [
    [301, `${web.origin}/list`],
    [302, '/list'],
    [307, '/list'],
  ] as const) {
    const url = web.put(`/away${status}`, (_, response) => response.writeHead(status, { location: to }).end())
    assert.equal(await failure(fetcher(), url), 'service_redirects')
  }
  assert.ok(!web.asked.includes('/list'))
})

test('SSRF: only http and https are called, and never with a password', async (t) => {
  const web = await webServer(t)
  web.put('/list', list)
  const fetching = fetcher()
  const { host } = new URL(web.origin)
  for (const url of [
    'file:///etc/hostname',
    `ldap://${host}/list`,
    `ftp://${host}/list`,
    `http://a:b@${host}/list`,
    '/',
  ]) {
    assert.equal(await fetching.fetch(wanted(url)), undefined)
  }
  assert.deepEqual([web.asked, fetching.asked], [[], []])
})

test('a refused connection, a slow server, a list too long and a page that is no list are told apart', async (t) => {
  const web = await webServer(t)
  assert.equal(await failure(fetcher(), 'http://127.0.0.1:1/list'), 'connection_refused')
  assert.equal(await failure(fetcher({ seconds: 0.2 }), (await slow(t)).url), 'no_answer')
  const page = web.put('/page', Buffer.from('<html>sign in first</html>'))
  assert.match(await failure(fetcher(), page), /malformed/)
  const piece = Buffer.alloc(1024 * 1024)
  let sent = 0
  const long = web.put('/long', (_, response) => {
    response.writeHead(200)
    const more = (): void => {
      while (response.write(piece)) sent++
      sent++
    }
    response.on('drain', more)
    more()
  })
  assert.equal(await failure(fetcher(), long), 'service_answer_long')
  assert.ok(sent >= 32)
})

test('Ctrl-C ends the waiting and the command', async (t) => {
  const { web, url } = await slow(t)
  const controller = new AbortController()
  const fetching = fetcher({ signal: controller.signal }).fetch(wanted(url))
  const ended = assert.rejects(fetching, (error) => isCliError(error) && error.code === 'interrupted')
  while (web.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  controller.abort()
  await ended
})

test('no more than 16 addresses are asked, and that is told once', async (t) => {
  const web = await webServer(t)
  const fetching = fetcher()
  for (let i = 0; i < 20; i++) await fetching.fetch(wanted(web.put(`/${i}`, list)))
  assert.equal(web.asked.length, 16)
  assert.equal(fetching.asked.length, 17)
  const { error } = fetching.asked[16]!
  assert.ok(isCliError(error) && error.code === 'service_many')
  // What came before is still there.
  assert.ok(await fetching.fetch(wanted(`${web.origin}/0`)))
})

test('an OCSP answer is taken with our nonce or with none, one question for each certificate', async (t) => {
  for (const nonceOf of [({ nonce }: { nonce?: Uint8Array }) => nonce, () => undefined]) {
    const { asked, answer } = ocspResponder(issuer, nonceOf)
    const url = (await webServer(t)).put('/ocsp', answer)
    const fetching = fetcher()
    const first = await fetching.fetch(wanted(url, 'ocsp'))
    assert.equal(first?.ocsp?.length, 1)
    assert.equal(await fetching.fetch(wanted(url, 'ocsp')), first)
    assert.notEqual(await fetching.fetch({ ...wanted(url, 'ocsp'), certificate: other!.certificate }), first)
    assert.deepEqual(
      asked.map(({ certIds, nonce }) => [certIds[0]?.serialHex, nonce?.length]),
      [
        ['02', 32],
        ['03', 32],
      ],
    )
  }
})

test('replay: an OCSP answer to another nonce does not count', async (t) => {
  const web = await webServer(t)
  const url = web.put('/ocsp', ocspResponder(issuer, () => new Uint8Array(32)).answer)
  assert.equal(await failure(fetcher(), url, 'ocsp'), 'ocsp_malformed')
})
