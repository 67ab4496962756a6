import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { hasDeskCode } from '@scel/contract/errors'
import { ask } from './store/ask.ts'
import { enrolMachine, furnish, startDesk } from './testing/index.ts'

test('a decision reaches whoever is configured, and what they did not take reaches them after the next start', async (t) => {
  const base = await mkdtemp(join(tmpdir(), 'scel-webhook-'))
  t.after(() => rm(base, { recursive: true, force: true, maxRetries: 5 }))
  const calls: { headers: IncomingHttpHeaders; body: string; status: number }[] = []
  let status = 200
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (piece) => {
      body += piece
    })
    request.on('end', () => {
      calls.push({ headers: request.headers, body, status })
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  t.after(() => server.close())
  const called = async (times: number): Promise<void> => {
    while (calls.length < times) await setTimeout(20)
  }
  const secret = Buffer.alloc(32, 5)
  const secretFile = join(base, 'secret')
  const webhook = { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/told`, secretFile }
  const data = join(base, 'data')

  await writeFile(secretFile, 'no secret')
  const malformed = (error: unknown): boolean => hasDeskCode(error, 'webhook_secret_malformed')
  await assert.rejects(startDesk({ data, webhook }), malformed)
  await writeFile(secretFile, `whsec_${secret.toString('base64')}\n`)
  const desk = await startDesk({ data, webhook })
  t.after(() => desk.kill())
  const { post } = await furnish(desk)
  const first = await enrolMachine(desk, post)
  await called(1)
  const { headers, body } = calls[0]!
  assert.deepEqual(JSON.parse(body).data.request, first.number)
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  assert.equal(headers['webhook-signature'], `v1,${createHmac('sha256', secret).update(signed).digest('base64')}`)

  status = 503
  const second = await enrolMachine(desk, post)
  await called(2)
  assert.equal(JSON.parse(calls[1]!.body).data.request, second.number)
  await desk.kill()
  status = 200
  // As if the pause were over.
  await ask(
    { kind: 'sqlite', file: join(data, 'desk.sqlite') },
    "UPDATE delivery SET next_at = '1970-01-01T00:00:00.000Z'",
  )
  const again = await startDesk({ data, webhook })
  t.after(() => again.kill())
  await again.runJobs()
  await called(3)
  assert.equal(calls[2]!.body, calls[1]!.body)
  assert.equal(calls[2]!.headers['webhook-id'], calls[1]!.headers['webhook-id'])
  await again.stop()
  assert.deepEqual(
    calls.map((call) => call.status),
    [200, 503, 200],
  )
})
