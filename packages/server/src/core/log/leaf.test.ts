import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { AUDIT_FACTS } from '@scel/contract/values'
import { fromBase64Url, toBase64Url, toHex, utf8 } from '@scel/pki/bytes'
import { canonical } from './canonical.ts'
import { type LoggedEvent, leafOf, newSalts, type Salts } from './leaf.ts'
import { erasedOf, faultOf, type LogLine } from './line.ts'
import { leafHash } from './tree.ts'

const EVENT: LoggedEvent = {
  number: 42,
  environment: 'production',
  organisation: 'org-1',
  at: '2026-11-22T10:00:00.000Z',
  action: 'request.rejected',
  outcome: 'done',
  actor: { kind: 'person', id: 'ada', name: 'Ada Élan', from: '192.0.2.1' },
  target: { kind: 'request', id: '7', name: 'ws-abc' },
  facts: { reason: 'Not “ours”\n', count: 3, standing: true },
}
const SALTS: Salts = {
  'actor.name': toBase64Url(new Uint8Array(16).fill(1)),
  'actor.from': toBase64Url(new Uint8Array(16).fill(2)),
  'target.name': toBase64Url(new Uint8Array(16).fill(3)),
  'facts.reason': toBase64Url(new Uint8Array(16).fill(4)),
}

/** An answer of openssl, of what is written to it. */
const openssl = (args: readonly string[], input: Uint8Array): Uint8Array =>
  execFileSync('openssl', [...args], { input, stdio: ['pipe', 'pipe', 'ignore'] })

async function lineOf(event: LoggedEvent = EVENT, salts: Salts = SALTS): Promise<LogLine> {
  const leaf = await leafOf(event, salts)
  return { event, salts, leaf, hash: await leafHash(utf8(leaf)) }
}

test('a leaf is the text that docs/log-format.md shows, and openssl comes to the same commitments and hash', async () => {
  const { leaf, hash } = await lineOf()
  const [name, from, target, reason] = (
    [
      ['01', '"Ada Élan"'],
      ['02', '"192.0.2.1"'],
      ['03', '"ws-abc"'],
      ['04', '"Not “ours”\\n"'],
    ] as const
  ).map(([octet, json]) => {
    const key = `hexkey:${octet.repeat(16)}`
    const mac = openssl(['dgst', '-sha256', '-mac', 'HMAC', '-macopt', key, '-binary'], utf8(json))
    return `{"commitment":"${toBase64Url(mac)}"}`
  })
  assert.equal(
    leaf,
    `{"action":"request.rejected","actor":{"from":${from},"id":"ada","kind":"person","name":${name}},` +
      '"at":"2026-11-22T10:00:00.000Z","environment":"production",' +
      `"facts":{"count":3,"reason":${reason},"standing":true},"format":"scel-log/1","number":42,` +
      `"organisation":"org-1","outcome":"done","target":{"id":"7","kind":"request","name":${target}}}`,
  )
  const bytes = Uint8Array.of(0, ...utf8(leaf))
  assert.equal(toHex(hash), toHex(openssl(['dgst', '-sha256', '-binary'], bytes)))
})

test('canonical JSON is that of RFC 8785: its order of names, its escapes, its numbers', () => {
  // §3.2.2 and §3.2.3, the examples of the document.
  const strings = '\u20ac$\u000f\nA\'B"\\\\"/'
  assert.equal(canonical(strings), '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"')
  assert.equal(
    canonical(JSON.parse('[333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001]')),
    '[333333333.3333333,1e+30,4.5,0.002,1e-27]',
  )
  const names = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  }
  const order = Object.values(JSON.parse(canonical(names)) as Record<string, string>)
  assert.deepEqual(canonical(names).match(/(Carriage|One|Control|Latin|Euro|Emoji|Hebrew)/g), [
    'Carriage',
    'One',
    'Control',
    'Latin',
    'Euro',
    'Emoji',
    'Hebrew',
  ])
  assert.equal(order.length, 7)
  assert.equal(canonical('half \ud800'), '"half \ufffd"')
})

test('what was erased is not found again, and the leaf still verifies; a half-erased one does not', async () => {
  const line = await lineOf()
  assert.equal(await faultOf(line), undefined)
  assert.deepEqual(erasedOf(line), [])
  const { 'actor.name': salt, ...salts } = line.salts
  const { name: _, ...actor } = line.event.actor
  const erased: LogLine = { ...line, event: { ...line.event, actor }, salts }
  assert.equal(await faultOf(erased), undefined)
  assert.deepEqual(erasedOf(erased), ['actor.name'])
  assert.equal(await faultOf({ ...erased, salts: line.salts }), 'shown', 'the salt is left')
  assert.equal(await faultOf({ ...line, salts }), 'shown', 'the text is left')
  assert.ok(!line.leaf.includes('Ada') && !line.leaf.includes('192.0.2.1') && !line.leaf.includes(salt!))
})

test('whatever is changed of a line is seen', async () => {
  const line = await lineOf()
  const { event } = line
  for (const changed of [
    { ...event, environment: 'test' as const },
    { ...event, organisation: 'org-2' },
    { ...event, at: '2026-11-22T10:00:00.001Z' },
    { ...event, action: 'request.approved' },
    { ...event, outcome: 'refused' as const },
    { ...event, actor: { ...event.actor, name: 'Eve' } },
    { ...event, actor: { ...event.actor, id: 'eve' } },
    { ...event, actor: { ...event.actor, from: '192.0.2.2' } },
    { ...event, target: { ...event.target, id: '8' } },
    { ...event, target: { ...event.target, name: 'ws-abd' } },
    { ...event, facts: { ...event.facts, reason: 'ours' } },
    { ...event, facts: { ...event.facts, count: 4 } },
    { ...event, facts: { ...event.facts, more: 1 } },
    { ...event, facts: { reason: event.facts.reason! } },
  ])
    assert.equal(await faultOf({ ...line, event: changed }), 'shown', JSON.stringify(changed))
  const { organisation: _, ...nobodys } = event
  assert.equal(await faultOf({ ...line, event: nobodys }), 'shown')
  const copied = { ...line, event: { ...event, number: 43 } }
  assert.equal(await faultOf(copied), 'leaf', 'it is the leaf of another line')
  assert.equal(await faultOf({ ...line, leaf: line.leaf.replace('42', '43') }), 'hash')
  const spaced = line.leaf.replace(',', ', ')
  assert.equal(await faultOf({ ...line, leaf: spaced, hash: await leafHash(utf8(spaced)) }), 'shown', 'one text alone')
  assert.equal(await faultOf({ ...line, leaf: '{}', hash: await leafHash(utf8('{}')) }), 'leaf')
})

test('of what an event may say, these facts are personal, as docs/log-format.md has it: every other stands in the leaf', async () => {
  const facts = Object.fromEntries(Object.keys(AUDIT_FACTS).map((name) => [name, `the ${name}`]))
  const event = { ...EVENT, facts }
  const salts = newSalts(event, (length) => new Uint8Array(length))
  const personal = ['asked', 'claims', 'name', 'reason']
  assert.deepEqual(
    Object.keys(salts).filter((path) => path.startsWith('facts.')),
    personal.map((name) => `facts.${name}`),
  )
  const said = JSON.parse(await leafOf(event, salts)).facts
  for (const [name, value] of Object.entries(facts)) assert.equal(said[name] === value, !personal.includes(name), name)
  for (const name of personal) assert.deepEqual(Object.keys(said[name]), ['commitment'])
})

test('each personal field has a salt of its own, parts of the desk have none', () => {
  let count = 0
  const salts = newSalts(EVENT, (length) => new Uint8Array(length).fill(++count))
  assert.deepEqual(Object.keys(salts), ['actor.name', 'actor.from', 'target.name', 'facts.reason'])
  assert.equal(new Set(Object.values(salts)).size, 4)
  assert.equal(fromBase64Url(salts['actor.name']!).length, 16)
  const desk = { ...EVENT, actor: { kind: 'desk', name: 'clock' }, target: { kind: 'clock', id: 'host' }, facts: {} }
  assert.deepEqual(
    newSalts(desk, (length) => new Uint8Array(length)),
    {},
  )
})
