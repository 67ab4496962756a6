import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Route } from '@scel/contract/routes'
import { type Path, placesOf, ROUTES, sampleOf, textsOf, withAt } from '../../testing/contract-places.ts'
import {
  type Applicant,
  acceptInvitation,
  type CallInput,
  call,
  type DeskProcess,
  makeApplicant,
  spawnDesk,
  type Visitor,
} from '../../testing/index.ts'
import { poll } from '../../testing/poll.ts'
import { bodyLimitOf } from '../http/input/body-limit.ts'

// The one test that asserts a time, because the time is what is promised: whatever one caller sends, the others do not
// wait for it. The desk has a process of its own and whoever asks has a thread; a machine that was busy with something
// else gets a second try.

const PROMISED_MS = 200
const TRIES = 2

/** A call that costs as much as the contract lets it. */
interface Gust {
  readonly what: string
  readonly route: Route
  readonly path: string
  readonly body?: string
}

interface Site {
  readonly desk: DeskProcess
  readonly administrator: Visitor
  readonly applicant: Applicant
}

async function openSite(t: TestContext): Promise<Site> {
  const data = await mkdtemp(join(tmpdir(), 'scel-storm-'))
  t.after(() => rm(data, { recursive: true, force: true, maxRetries: 5 }))
  const desk = await spawnDesk({ data, environment: { SCEL_REQUESTS_PER_MINUTE: '1000000', SCEL_LOG_LEVEL: 'error' } })
  t.after(() => desk.kill())
  return { desk, administrator: await acceptInvitation(desk, desk.inviteLink), applicant: await makeApplicant(desk) }
}

/** A text of this many letters, hard for whoever looks at letters one by one. */
const LONG: Readonly<Record<string, (length: number) => string>> = {
  'a mail address of points': (length) => `a@${'.'.repeat(length - 3)}@`,
  'one letter': (length) => 'a'.repeat(length),
  blanks: (length) => ' '.repeat(length),
  accents: (length) => `a${'\u0301'.repeat(length / 2)}`,
  hexadecimal: (length) => '0f:'.repeat(length / 3),
}

const inPath = (route: Route, text: string): string => route.path.replace(/:\w+/g, encodeURIComponent(text))

/** Every text of every body as long as a body may be, every list with as many items, what is nested, what is unknown. */
function* gustsOf(name: string, route: Route): Generator<Gust> {
  const path = inPath(route, route.path.includes(':number') ? '1' : 'A'.repeat(22))
  if (route.path.includes(':')) {
    for (const [what, long] of Object.entries(LONG)) {
      yield { what: `${name}: ${what} in its path`, route, path: inPath(route, long(2_000)) }
    }
  }
  for (const [at] of route.query ? textsOf(route.query) : []) {
    for (const [what, long] of Object.entries(LONG)) {
      yield { what: `${name}: ${what} in ${at}`, route, path: `${path}?${at}=${encodeURIComponent(long(3_000))}` }
    }
  }
  const many = 'search=a&'.repeat(1_500)
  if (route.method === 'GET') return yield { what: `${name}: many of one parameter`, route, path: `${path}?${many}` }
  const body = route.body ? sampleOf(route.body) : {}
  const most = bodyLimitOf(route)
  const put = (at: Path, value: unknown): string => JSON.stringify(withAt(body, at, value))
  for (const [at] of route.body ? textsOf(route.body) : []) {
    for (const [what, long] of Object.entries(LONG)) {
      yield { what: `${name}: ${what} at ${at.join('/')}`, route, path, body: put(at, long(0.4 * most)) }
    }
  }
  for (const [at, { type }] of route.body ? placesOf(route.body) : []) {
    if (type === 'array')
      yield {
        what: `${name}: a long list at ${at.join('/')}`,
        route,
        path,
        body: put(at, Array<string>(Math.floor(0.25 * most)).fill('')),
      }
  }
  for (const [what, make] of Object.entries(HUGE)) yield { what: `${name}: ${what}`, route, path, body: make(most) }
}

const fill =
  (head: string, again: string, tail: string) =>
  (most: number): string =>
    head + again.repeat((most - head.length - tail.length) / again.length) + tail
const HUGE: Readonly<Record<string, (most: number) => string>> = {
  'unknown fields': (most) => `{${Array.from({ length: most / 13 }, (_, at) => `"k${at}":1`)}}`,
  'one field again and again': fill('{"token":0', ',"token":0', '}'),
  'a name that was escaped, and a long list': fill('{"\\u0061":[0', ',0', ']}'),
  'a name that was escaped, and many objects': fill('{"\\u0061":[{}', ',{"a":{}}', ']}'),
  'as deep as may be, again and again': fill('[0', `,${'['.repeat(31)}${']'.repeat(31)}`, ']'),
  'deeper than may be': fill('', '[', ''),
  'a long number': fill('[', '1', ']'),
  fractions: fill('[1', ',1.7976931348623157e308', ']'),
  'a long text that is no object': fill('"', 'a', '"'),
  'text without its end': fill('["', '\\"', ''),
  'blanks only': fill('', ' ', ''),
}

async function send({ desk, administrator, applicant }: Site, { route, path, body }: Gust): Promise<number> {
  const headers = { 'content-type': 'application/json', cookie: administrator.cookie }
  const { services, root: ca } = desk
  if (route.access.kind === 'applicant') {
    const forge = (input: CallInput): CallInput => ({ ...input, headers: { ...headers, ...input.headers } })
    const { status } = await applicant.send(
      route.method === 'GET' ? 'GET' : 'POST',
      path,
      body && Buffer.from(body),
      forge,
    )
    return status
  }
  const door = route.access.kind === 'certificate' ? services.mutual : services.portal
  const { status } = await call(`${door}${path}`, {
    method: route.method,
    headers,
    ca,
    ...(body !== undefined && { body }),
  })
  return status
}

// What would end the session of whoever sends, and what has no end.
const CALM = ['signOut', 'liveEvents']

test('C1: a storm of the hardest call of each kind to every route, and the others wait no 200 ms', async (t) => {
  const site = await openSite(t)
  const { public: open, portal } = site.desk.services
  const gusts = Object.entries(ROUTES)
    .filter(([name]) => !CALM.includes(name))
    .flatMap(([name, route]) => [...gustsOf(name, route)])
  assert.ok(gusts.length > 500)
  const blow = async (): Promise<string[]> => {
    const { root: ca, pid } = site.desk
    const asked = [`${open}/health/live`, `${portal}/api/desk`]
    const ends = await Promise.all(asked.map((address) => poll({ address, ca, pid })))
    for (const gust of gusts) {
      const status = await send(site, gust)
      assert.ok(status < 500, `${gust.what}: ${status}`)
    }
    const polled = await Promise.all(ends.map((end) => end()))
    return polled.flatMap(({ answered, failed, longest }, at) => {
      assert.deepEqual(failed, [])
      assert.ok(answered > 50)
      t.diagnostic(
        `${at === 0 ? 'health' : 'portal'}: ${answered} answers, the longest after ${Math.round(longest)} ms`,
      )
      return longest > PROMISED_MS ? [`an answer took ${Math.round(longest)} ms`] : []
    })
  }
  let late: string[] = []
  for (let tries = 0; tries < TRIES; tries++) {
    late = await blow()
    if (late.length === 0) break
  }
  assert.deepEqual(late, [])
})
