import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AFTER_WHOM } from '../target.ts'
import type { LoggedEvent } from './leaf.ts'
import { pathsOf, type Subject } from './paths-of.ts'
import { PERSONAL_FACTS } from './personal-facts.ts'

const ADA: Subject = {
  id: 'ada',
  mailboxes: ['ada@lab.example', 'Ada@Desk.example'],
  things: (['certificate', 'credential', 'request'] as const).map((kind) => ({ kind, id: `her ${kind}` })),
}
const ADAS = { kind: 'person', id: 'ada', name: 'Ada', from: '192.0.2.1' }
const BOB = { kind: 'person', id: 'bob', name: 'Bob', from: '192.0.2.2' }
const STRANGER = { kind: 'caller', name: 'unknown', from: '192.0.2.3' }
const MACHINE = { kind: 'applicant', name: '0123456789abcdef', from: '192.0.2.4' }
const ACTOR = ['actor.name', 'actor.from']

/** Where a line says something of Ada; told of Bob, who approves a request of somebody else, unless more is said. */
function paths(more: Partial<LoggedEvent>, of: Subject = ADA): string[] {
  const place = { number: 1, environment: 'production', at: '2026-03-01T12:00:00.000Z', outcome: 'done' } as const
  const said = { action: 'request.approved', actor: BOB, target: { kind: 'request', id: '7', name: 'x' }, facts: {} }
  return pathsOf(of)({ ...place, ...said, ...more })
}

test('who acted is theirs by the id, and of somebody else nothing is', () => {
  assert.deepEqual(paths({}), [])
  assert.deepEqual(paths({ actor: ADAS }), ACTOR)
  assert.deepEqual(paths({ actor: { ...BOB, name: ADAS.name, from: ADAS.from } }), [])
  assert.deepEqual(paths({ actor: { ...ADAS, kind: 'caller' } }), ACTOR, 'who came with what is hers')
})

test('the name of what a line is about is theirs as the table of kinds says', () => {
  const named = (kind: string, id: string) => paths({ target: { kind, id, name: 'Ada' } })
  for (const [kind, after] of Object.entries(AFTER_WHOM)) {
    assert.deepEqual(named(kind, 'ada'), after === 'itself' ? ['target.name'] : [], kind)
    assert.deepEqual(named(kind, `her ${kind}`), after === 'holder' ? ['target.name'] : [], kind)
    assert.deepEqual(named(kind, 'of another'), [], kind)
  }
  assert.deepEqual(named('of another version', 'ada'), [])
  assert.deepEqual(named('request', 'her certificate'), [], 'ids of one kind are none of another')
})

test('what somebody calls their way to sign in they typed, also where it was refused; what another is done to has its holder’s name', () => {
  const acts = (action: string, actor: LoggedEvent['actor'], id: string) =>
    paths({ action, actor, target: { kind: 'credential', id, name: 'a laptop' } })
  assert.deepEqual(acts('credential.named', ADAS, 'of another'), [...ACTOR, 'target.name'])
  assert.deepEqual(acts('credential.named', BOB, 'her credential'), [])
  assert.deepEqual(acts('credential.ended', ADAS, 'of another'), ACTOR)
  assert.deepEqual(acts('credential.ended', BOB, 'her credential'), ['target.name'])
})

test('a stranger who showed what is theirs is they; nobody else who is met where that is', () => {
  const shows = (actor: LoggedEvent['actor'], kind: string, id: string) => paths({ actor, target: { kind, id } })
  assert.deepEqual(shows(STRANGER, 'certificate', 'her certificate'), ACTOR)
  assert.deepEqual(shows(STRANGER, 'certificate', 'of another'), [])
  assert.deepEqual(shows(STRANGER, 'person', 'ada'), [], 'who is met at her account need not be she')
  assert.deepEqual(shows({ ...STRANGER, id: 'bob' }, 'certificate', 'her certificate'), [])
  assert.deepEqual(shows(MACHINE, 'request', 'her request'), [])
})

test('personal facts are theirs whom the line names by an id, or else the actor’s', () => {
  for (const [fact, whose] of Object.entries(PERSONAL_FACTS).filter(([, whose]) => whose === 'whose')) {
    const says = (actor: LoggedEvent['actor'], more = {}) => paths({ actor, facts: { [fact]: 'text', ...more } })
    assert.deepEqual(says(ADAS), [...ACTOR, `facts.${fact}`], whose)
    assert.deepEqual(says(BOB), [])
    assert.deepEqual(says(BOB, { whose: 'ada' }), [`facts.${fact}`])
    assert.deepEqual(says(ADAS, { whose: 'bob' }), ACTOR)
  }
  assert.deepEqual(paths({ actor: ADAS, facts: { serial: 'ada', whose: 'ada' } }), ACTOR, 'the others are public')
})

test('words of the desk stay, and the names of organisations', () => {
  const says = (action: string, fact: string) => paths({ action, actor: ADAS, facts: { [fact]: 'keyCompromise' } })
  assert.deepEqual(says('certificate.revoked', 'reason'), ACTOR)
  assert.deepEqual(says('request.rejected', 'reason'), [...ACTOR, 'facts.reason'])
  assert.deepEqual(says('organisation.created', 'name'), ACTOR)
  assert.deepEqual(says('organisation.created', 'reason'), [...ACTOR, 'facts.reason'])
})

test('what a certificate calls its holder is theirs who has it, or whose mailbox it says; from where it was shown stays', () => {
  const shown = (claims: string, of: Subject = ADA, id = 'of another') =>
    paths({ action: 'session.begun', actor: STRANGER, target: { kind: 'certificate', id }, facts: { claims } }, of)
  assert.deepEqual(shown('Whoever', ADA, 'her certificate'), [...ACTOR, 'facts.claims'])
  assert.deepEqual(shown('Ada <ada@DESK.example>'), ['facts.claims'])
  const ofHer = { kind: 'person', id: 'ada' }
  assert.deepEqual(
    paths({ target: ofHer, facts: { claims: 'ada@lab.example' } }),
    ['facts.claims'],
    'said of her account',
  )
  for (const other of ['Ada', 'ada', 'bob@desk.example', 'adada@desk.example'])
    assert.deepEqual(shown(other), [], `${other}: a namesake’s stays`)
  assert.deepEqual(shown('ada@lab.example'), ['facts.claims'])
  const without = { ...ADA, mailboxes: [] }
  assert.deepEqual(shown('ada@desk.example', without), [])
  assert.deepEqual(shown('undefined', without), [])
})
