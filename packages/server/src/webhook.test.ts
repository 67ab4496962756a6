import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { hasDeskCode } from '@scel/contract/errors'
import { ask } from './store/testing/ask.ts'
import { enrolMachine, furnish, startDesk } from './testing/index.ts'

/** Somebody who is told, and what a desk has to know of them. */
async function receiver(t: TestContext) {
  const base = await mkdtemp(join(tmpdir(), 'scel-webhook-'))
  t.after(() => rm(base, { recursive: true, force: true, maxRetries: 5 }))
  const calls: { headers: IncomingHttpHeaders; body: string; status: number }[] = []
  const answer = { status: 200 }
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (piece) => {
      body += piece
    })
    request.on('end', () => {
      calls.push({ headers: request.headers, body, ...answer })
      response.writeHead(answer.status).end()
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

  await writeFile(secretFile, `whsec_${secret.toString('base64')}\n`, { mode: 0o600 })
  return { calls, called, answer, secret, secretFile, webhook, data }
}

test('a decision reaches whoever is configured, and what they did not take reaches them after the next start', async (t) => {
  const { calls, called, answer, secret, secretFile, webhook, data } = await receiver(t)
  const written = await readFile(secretFile)
  await writeFile(secretFile, 'no secret')
  const malformed = (error: unknown): boolean => hasDeskCode(error, 'webhook_secret_malformed')
  await assert.rejects(startDesk({ data, webhook }), malformed)
  await writeFile(secretFile, written)
  const desk = await startDesk({ data, webhook })
  t.after(() => desk.kill())
  const { post } = await furnish(desk)
  const first = await enrolMachine(desk, post)
  await called(1)
  const { headers, body } = calls[0]!
  assert.deepEqual(JSON.parse(body).data.request, first.number)
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  assert.equal(headers['webhook-signature'], `v1,${createHmac('sha256', secret).update(signed).digest('base64')}`)

  answer.status = 503
  const second = await enrolMachine(desk, post)
  await called(2)
  assert.equal(JSON.parse(calls[1]!.body).data.request, second.number)
  await desk.kill()
  answer.status = 200
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

test('the end of a certificate reaches whoever is configured, by the job that looks for it', async (t) => {
  const { calls, called, webhook, data } = await receiver(t)
  const desk = await startDesk({ data, webhook })
  t.after(() => desk.kill())
  const { post } = await furnish(desk)
  const { number } = await enrolMachine(desk, post)
  await desk.runJobs()
  await called(1)
  // After a leap of the clock nothing ends for a day.
  const pass = async (days: number) => {
    for (const some of [days, 0.6, 0.6]) await desk.passTime(some * DAY)
  }
  const told = () => calls.map(({ body }) => JSON.parse(body)).filter(({ data }) => data.request === number)
  const toldOf = async (type: string): Promise<void> => {
    while (told().at(-1)?.type !== type) await setTimeout(20)
  }
  await pass(340)
  await toldOf('certificate.expiring')
  await pass(45)
  await toldOf('certificate.expired')
  assert.deepEqual(
    told().map(({ type, data: { days } }) => [type, days]),
    [
      ['request.approved', undefined],
      ['certificate.expiring', 30],
      ['certificate.expired', undefined],
    ],
  )
  await desk.stop()
})

const DAY = 24 * 60 * 60_000
