import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { bench } from '@scel/testkit/peers'
import type { Parcel } from '../core/deliveries/carrier.ts'
import { webhook } from './index.ts'

const SECRET = Buffer.from('a secret of more than 24 bytes')
const GOES_ON = new AbortController().signal
const MESSAGE: Parcel = {
  ...{ id: 'request.approved.7.1', environment: 'test', at: '2026-03-01T12:00:00.500Z' },
  body: '{"type":"request.approved"}',
}

test('what is told is JSON with the headers of Standard Webhooks, and openssl comes to the same signature', async (t) => {
  const judge = bench(t, 'openssl')
  if (!judge) return
  let got: { headers: Record<string, unknown>; body: string } | undefined
  let status = 204
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (piece) => {
      body += piece
    })
    request.on('end', () => {
      got = { headers: request.headers, body }
      response.writeHead(status, { location: '/elsewhere' }).end()
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  t.after(() => server.close())
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/told`
  await webhook(address, 'any', SECRET).send(MESSAGE, GOES_ON)
  const { headers, body } = got!
  assert.equal(body, MESSAGE.body)
  assert.equal(headers['content-type'], 'application/json')
  assert.equal(headers['webhook-id'], MESSAGE.id)
  assert.equal(headers['webhook-timestamp'], '1772366400')
  const signed = judge.write('signed', Buffer.from(`${MESSAGE.id}.1772366400.${MESSAGE.body}`))
  const { text: said } = judge.run(
    'openssl',
    'dgst',
    '-sha256',
    '-mac',
    'HMAC',
    '-macopt',
    `hexkey:${SECRET.toString('hex')}`,
    signed,
  )
  const digest = /[0-9a-f]{64}/.exec(said)![0]
  assert.equal(headers['webhook-signature'], `v1,${Buffer.from(digest, 'hex').toString('base64')}`)

  // Who is gone says so for good; whatever else is answered may be another answer tomorrow.
  for (const [answer, kind] of [
    [302, 'refused'],
    [404, 'refused'],
    [410, 'rejected'],
    [500, 'refused'],
  ] as const) {
    status = answer
    await assert.rejects(webhook(address, 'any', SECRET).send(MESSAGE, GOES_ON), { kind, status: answer })
  }
  got = undefined
  for (const closed of [address, address.replace('http:', 'https:'), 'https://localhost/'])
    await assert.rejects(webhook(closed, 'public', SECRET).send(MESSAGE, GOES_ON), /public network|private network/)
  assert.equal(got, undefined, 'nobody in a private network is called unless that is configured')
})
