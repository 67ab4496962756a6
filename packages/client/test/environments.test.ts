// One machine that asks the same desk in production and in test: one applicant key, two records.

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { acceptInvitation, approve, expectOk, makeKit, type Visitor } from '@scel/server/testing'
import { changeDeskRecord, readDeskRecords } from '../src/state/desk-record.ts'
import { makePaths } from '../src/state/paths.ts'
import { type Office, openOffice } from './office.ts'
import { type Ran, scel } from './run-scel.ts'

interface Both {
  readonly at: Office
  readonly tester: Visitor
  run(...argv: string[]): Promise<Ran>
  /** Number of a new request in this environment. */
  enrol(environment: 'production' | 'test'): Promise<number>
}

const TESTER = 'tess@desk.example'

async function both(t: TestContext): Promise<Both> {
  const at = await openOffice()
  t.after(() => at.close())
  const input = { environment: 'test', name: 'Tess', email: TESTER, language: 'en' } as const
  const { token } = await at.desk.core.people.inviteAdministrator({ kind: 'desk', name: 'invite-admin' }, input)
  const tester = await acceptInvitation(at.desk, token)
  const place = { code: 'ESSAI', name: 'Essais', country: 'FR', nameSuffixes: ['essai.example'] }
  const { id } = (await expectOk(tester.post('/api/organisations', place))).json
  const file = join(at.home, 'essai.scel-kit')
  writeFileSync(file, JSON.stringify(await makeKit(tester, id, { store: 'user' })))
  const kits = { production: (await at.kit('postes')).path, test: file }
  const run: Both['run'] = (...argv) => scel([...argv, '--json'], at.home)
  return {
    at,
    tester,
    run,
    enrol: async (environment) => {
      const { out, err } = await run('enrol', '--kit', kits[environment], '--email', 'poste12@example.org')
      assert.equal(JSON.parse(out).environment, environment, err)
      return JSON.parse(out).request.number
    },
  }
}

const outcomes = ({ out }: Ran): unknown =>
  JSON.parse(out).requests.map((one: { number: number; outcome: string }) => [one.number, one.outcome])

test('F: of one key in both environments of a desk, each record lists, cancels and installs its own', async (t) => {
  const { at, tester, run, enrol } = await both(t)
  const [first, second] = [await enrol('production'), await enrol('test')]
  const listed = async () => {
    const { out, err, exit } = await run('requests')
    assert.equal(exit, 0, err)
    return JSON.parse(out).desks.map((one: { environment: string; requests: { number: number }[] }) => [
      one.environment,
      one.requests.map(({ number }) => number),
    ])
  }
  assert.deepEqual(await listed(), [
    ['production', [first]],
    ['test', [second]],
  ])
  const cancelled = await run('cancel', `${second}`)
  assert.deepEqual([cancelled.exit, JSON.parse(cancelled.out).request?.state], [0, 'cancelled'], cancelled.err)
  const third = await enrol('test')
  await at.approve(first)
  await expectOk(approve(tester, third))
  const got = await run('get')
  assert.deepEqual(
    [got.exit, outcomes(got)],
    [
      0,
      [
        [first, 'installed'],
        [third, 'installed'],
      ],
    ],
    got.err,
  )
  assert.deepEqual(await listed(), [
    ['production', [first]],
    ['test', [third, second]],
  ])
  // What a record kept of a desk that did not tell them apart is put right by the next look.
  const paths = makePaths({ env: {}, platform: 'linux', home: at.home }, {})
  const [production, tests] = await readDeskRecords(paths)
  const mixed = [...production!.record.requests, ...tests!.record.requests]
  await changeDeskRecord(paths, production!.name, (present) => ({ ...present!, requests: mixed }))
  assert.deepEqual(outcomes(await run('get', `${third}`)), [[third, 'already']])
  assert.deepEqual((await listed())[0], ['production', [first]])
})

test('F: whoever a machine of both environments seals to is found where they are, also while it waits for the other one', async (t) => {
  const { at, tester, run, enrol } = await both(t)
  const [first, second] = [await enrol('production'), await enrol('test')]
  const file = join(at.home, 'offer.txt')
  writeFileSync(file, 'one hundred\n')
  const seal = async (to: string, ...more: string[]): Promise<unknown> => {
    const { out, exit, err } = await run('seal', file, '--to', to, '--force', ...more)
    const { recipients, error } = JSON.parse(out)
    return exit === 0 ? recipients.length : (error?.code ?? err)
  }
  const { email } = (await at.administrator.get('/api/session')).json.person
  assert.equal(await seal(email), 'applicant_without_certificate', 'nobody tells it anything yet')
  await at.approve(first)
  await run('get')
  assert.equal(await seal(email), 1, 'the other environment has nothing to say to it, and hinders nobody')
  assert.equal(await seal(TESTER, '--environment', 'test'), 'applicant_without_certificate')
  await expectOk(approve(tester, second))
  await run('get')
  assert.deepEqual([await seal(email), await seal(TESTER, '--environment', 'test')], [1, 1])
})

test('F: a namesake that somebody made in the test environment does not take the place of whom production names, or knew', async (t) => {
  const { at, tester, run, enrol } = await both(t)
  const numbers = [await enrol('production'), await enrol('test')] as const
  await at.approve(numbers[0])
  await expectOk(approve(tester, numbers[1]))
  await run('get')
  const { email } = (await at.administrator.get('/api/session')).json.person
  const file = join(at.home, 'offer.txt')
  writeFileSync(file, 'one hundred\n')
  const { token } = await at.desk.core.people.inviteAdministrator(
    { kind: 'desk', name: 'invite-admin' },
    { environment: 'test', name: 'Namesake', email, language: 'en' },
  )
  await acceptInvitation(at.desk, token)
  const { out } = await run('seal', file, '--to', email, '--force')
  assert.deepEqual(
    JSON.parse(out).recipients.map(({ subject }: { subject: string }) => /Namesake/.test(subject)),
    [false],
  )
  // Whom production does not know, any more or not yet, is not asked of those who administer test.
  const unknown = await run('seal', file, '--to', TESTER, '--force')
  assert.deepEqual([unknown.exit, JSON.parse(unknown.out).error.code], [1, 'recipient_unknown'])
})
