import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { kitRulesDigest } from '@scel/contract/kit'
import { createKit, createOrganisation, invitePerson, type Route, submitRequest } from '@scel/contract/routes'
import { type Path, ROUTES, sampleOf, textsOf, withAt } from '../../testing/contract-places.ts'
import {
  type Answer,
  type Applicant,
  call,
  type Furnished,
  furnish,
  makeApplicant,
  postgresMissing,
  startDesk,
  type TestDesk,
  withPostgres,
  workstationName,
} from '../../testing/index.ts'

// Every text of every schema of the contract, with letters that nobody sees. What is taken is shown to managers, written
// into the log and kept by a database: it is refused, or nothing odd is left of it.

const HOSTILE: Readonly<Record<string, string>> = {
  NUL: '\u0000',
  ESC: '\u001b[31m',
  'a line feed': '\n\r',
  'C1 controls': '\u009b31m',
  'right to left': '\u202egro',
  'an isolate': '\u2066',
  'no width': '\u200b\u2060\ufeff',
  'a soft hyphen': '\u00ad',
  'a filler': '\u3164',
  'a variation selector': '\ufe0f',
  'a tag': '\u{e0041}',
  'half a letter': '\ud800',
  'the other half': '\udc00a',
  'private use': '\ue000',
  'a line separator': '\u2028',
  'a blank of braille': '\u2800',
  'a note without a head': '\u{1d159}',
  'a blank hieroglyph': '\u{13441}',
  'no letter yet': '\u0378',
  'never a letter': '\uffff',
}

const ODD = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}\u{13441}\u{13442}]/u

/** Every text in a value, names of fields included. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (Array.isArray(value)) for (const item of value) yield* textsIn(item)
  else if (typeof value === 'object' && value !== null) {
    for (const [name, field] of Object.entries(value)) {
      yield name
      yield* textsIn(field)
    }
  }
}

const isClean = (text: string): boolean => !ODD.test(text.replace(/[\t\r\n]/g, ''))

interface Site {
  readonly desk: TestDesk
  readonly people: Furnished
  readonly applicant: Applicant
}

/** What a route takes and carries out, so that a text that passes the door reaches the rules, the log and the database. */
async function goodBody({ people, applicant }: Site, route: Route): Promise<unknown> {
  const body = sampleOf(route.body!)
  const organisation = people.post.id
  if (route === invitePerson) return { name: 'Ann', email: `${workstationName()}@example.org`, role: 'auditor' }
  if (route === createOrganisation) return { code: workstationName().slice(3, 15), name: 'Org', country: 'FR' }
  if (route === createKit) return { ...(body as object), organisation, standingApproval: false }
  if (route !== submitRequest) return body
  const { kit, rules } = people.post.kit
  const { csr } = await applicant.credential({ commonName: workstationName() })
  return { ...(body as object), kit: { id: kit.id, secret: kit.secret, rules: await kitRulesDigest(rules) }, csr }
}

async function send({ desk, people, applicant }: Site, route: Route, path: string, body?: unknown): Promise<Answer> {
  if (route.access.kind === 'applicant') return applicant.send(route.method === 'GET' ? 'GET' : 'POST', path, body)
  const { cookie } = people.administrator
  const input = { method: route.method, headers: { cookie }, ca: desk.root, ...(body !== undefined && { body }) }
  return call(`${desk.services[route.access.kind === 'certificate' ? 'mutual' : 'portal']}${path}`, input)
}

function judge(answer: Answer, what: string): void {
  assert.ok(answer.status < 500, `${what}: ${answer.text}`)
  if (!String(answer.headers['content-type']).includes('json')) return
  for (const text of textsIn(answer.json)) assert.ok(isClean(text), `${what}: ${JSON.stringify(text)}`)
}

/** The text with something in its middle, and at its end. */
const spoilt = (text: string, odd: string): readonly string[] => [
  text.slice(0, text.length >> 1) + odd + text.slice(text.length >> 1),
  text + odd,
]

const read = (value: unknown, [step, ...rest]: Path): unknown =>
  step === undefined ? value : read((value as Record<string | number, unknown> | undefined)?.[step], rest)

const fill = (path: string): string => path.replace(/:number/, '1').replace(/:\w+/g, 'A'.repeat(22))
// A lone half has no UTF-8; whoever writes it anyway writes these octets.
const inAddress = (text: string): string =>
  [...text].map((letter) => (/\p{Cs}/u.test(letter) ? '%ED%A0%80' : encodeURIComponent(letter))).join('')

async function walk(site: Site): Promise<number> {
  let asked = 0
  const ask = async (what: string, route: Route, path: string, body?: unknown): Promise<void> => {
    asked++
    judge(await send(site, route, path, body), what)
  }
  for (const [name, route] of Object.entries(ROUTES)) {
    if (name === 'signOut' || name === 'liveEvents') continue
    for (const [kind, odd] of Object.entries(HOSTILE)) {
      for (const [at] of route.query ? textsOf(route.query) : []) {
        await ask(`${name} ?${at}, ${kind}`, route, `${fill(route.path)}?${at}=${inAddress(`x@ex${odd}ample.org`)}`)
      }
      if (route.path.includes(':')) {
        await ask(`${name} path, ${kind}`, route, route.path.replace(/:\w+/g, inAddress(`A${odd}`)))
      }
      for (const [at] of route.body ? textsOf(route.body) : []) {
        const good = await goodBody(site, route)
        for (const text of spoilt(String(read(good, at) ?? read(sampleOf(route.body!), at)), odd)) {
          await ask(`${name} ${at.join('/')}, ${kind}`, route, fill(route.path), withAt(good, at, text))
        }
      }
      if (route.body) await ask(`${name}: a field's name, ${kind}`, route, fill(route.path), { [`a${odd}`]: 1 })
    }
    for (const [at] of route.body ? textsOf(route.body) : []) {
      const long = withAt(await goodBody(site, route), at, 'a'.repeat(1_000_000))
      const answer = await send(site, route, fill(route.path), long)
      assert.ok(answer.status >= 400 && answer.status < 500, `${name} ${at.join('/')}: ${answer.text}`)
    }
  }
  return asked
}

async function walkThrough(t: TestContext, database?: string): Promise<void> {
  const desk = await startDesk(database === undefined ? {} : { database })
  t.after(() => desk.stop())
  const site = { desk, people: await furnish(desk), applicant: await makeApplicant(desk) }
  t.diagnostic(`${await walk(site)} calls`)
  for (const line of desk.log) {
    for (const text of textsIn(JSON.parse(line))) assert.ok(isClean(text), line)
  }
  // What the log of the desk itself says of all this.
  for (let after = ''; ; ) {
    const { json } = await site.people.administrator.get(`/api/audit?size=200${after}`)
    for (const text of textsIn(json)) assert.ok(isClean(text), JSON.stringify(text))
    if (!json.next) break
    after = `&after=${encodeURIComponent(json.next)}`
  }
}

test('L2: every text of the contract with letters that nobody sees is refused, or nothing odd is left of it', (t) =>
  walkThrough(t))

test('L2: the same on PostgreSQL, which does not take all of them', async (t) => {
  const missing = postgresMissing()
  if (missing) return t.skip(missing)
  const cluster = await withPostgres()
  t.after(() => cluster.stop())
  await walkThrough(t, await cluster.createDatabase('strings'))
})
