import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { isDeskError } from '@scel/contract/errors'
import { generateKeyPair } from '@scel/pki/crypto'
import { eachRulesDatabase } from '../../../../test/each-rules-database.ts'
import {
  coreOn,
  csrOf,
  DAY,
  firstAdministrator,
  kit,
  type Machine,
  machine,
  organisation,
  refused,
  rulesDeskOn,
  submission,
  submit,
} from '../../../../test/rules-desk.ts'
import { ask } from '../../../store/testing/ask.ts'
import { openSample } from '../../../store/testing/sample-work.ts'
import { HOUR } from '../../world.ts'
import type { Submission } from './submit.ts'

// What waits is bounded; what takes its place is, too. Counted in the rows, so that a second desk counts with the first.

eachRulesDatabase('the rate of submissions', ({ prepared }) => {
  const scene = async (t: TestContext, config = {}) => {
    const database = await prepared()
    const work = await openSample(database)
    t.after(() => work.close())
    const desk = await rulesDeskOn(work, config)
    const admin = (await firstAdministrator(desk.core)).actor
    const post = await organisation(desk.core, admin)
    const count = async (table: string) => Number((await ask(database, `SELECT count(*) AS n FROM ${table}`))[0]!.n)
    const other = coreOn(work, desk.signers, config, desk.world)
    return { ...desk, database, other, admin, post, inHand: await kit(desk.core, admin, post.id), count }
  }

  test('one key that asks a thousand times, replacing and cancelling, is stopped after a few, from wherever and at whichever desk', async (t) => {
    const { core, other, inHand, later, count } = await scene(t, { pendingPerApplicant: 4 })
    const pc = await machine()
    let asked = 0
    const once = async (turn: number): Promise<string> => {
      const desk = turn % 2 ? core : other
      const actor = { ...(await pc.actor(desk)), from: `203.0.113.${++asked % 250}` }
      try {
        const { request } = await desk.enrolment.submit(actor, await submission(pc, inHand))
        if (turn % 3 === 0) await desk.enrolment.cancelOwn(await pc.actor(desk), 'production', request.number)
        return 'taken'
      } catch (error) {
        return isDeskError(error) ? error.code : String(error)
      }
    }
    const [lines, requests] = [await count('audit_event'), await count('request')]
    const said: string[] = []
    for (let turn = 0; turn < 100; turn++) said.push(await once(turn))
    assert.equal(said.filter((one) => one === 'taken').length, 8)
    assert.deepEqual([...new Set(said.slice(8))], ['submissions_too_many', 'too_many_requests'])
    assert.equal((await count('request')) - requests, 8)
    assert.ok((await count('audit_event')) - lines <= 2 * 8 + 2 * 5, 'five lines of refusals at each desk')
    later(HOUR - 1_000)
    const facts = { of: 'applicant', most: 8, hours: 1, minutes: 1, seconds: 1 }
    await assert.rejects(submit(core, pc, inHand), refused('submissions_too_many', facts))
    later(1_000)
    for (let turn = 0; turn < 8; turn++) assert.equal(await once(turn), 'taken')
    later(HOUR)
    assert.equal(await once(1), 'submissions_too_many')
    await assert.rejects(submit(core, pc, inHand), refused('submissions_too_many', { most: 16, hours: 24 }))
    await submit(core, await machine(), inHand, { commonName: 'ws-bbbbbbbbbbbbbbbbbbbbbbbbbb' }) // others go on
    later(DAY)
    assert.equal(await once(1), 'taken')
  })

  test('F2: requests that came while the clock was ahead keep nobody out once it is right; those that come then do', async (t) => {
    const { core, inHand, later, clockOff } = await scene(t, { pendingPerApplicant: 2 })
    const pc = await machine()
    const ask = () => submit(core, pc, inHand)
    const most = refused('submissions_too_many', { most: 4, hours: 1, minutes: 60 })
    clockOff(20 * DAY)
    for (let time = 0; time < 4; time++) await ask()
    await assert.rejects(ask, most)
    clockOff(-20 * DAY)
    for (let time = 0; time < 4; time++) await ask()
    await assert.rejects(ask, most)
    later(HOUR)
    await ask()
  })

  test('many keys that take back what they asked with one kit are stopped where they come from; 2,000 machines of a morning are not', async (t) => {
    const { core, database, inHand } = await scene(t)
    const filled = async (many: number, state: string, prefix: string) => {
      const columns = Object.keys((await ask(database, "SELECT * FROM request WHERE origin_kind = 'kit' LIMIT 1"))[0]!)
      const given = columns.filter((name) => name !== 'number' && name !== 'kit')
      const values = given.map((name) =>
        name === 'state' ? `'${state}'` : name === 'owner_id' ? `'${prefix}' || series.value` : name,
      )
      await ask(
        database,
        `WITH RECURSIVE series (value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM series WHERE value < ${many})
        INSERT INTO request (${given}) SELECT ${values} FROM series, (SELECT * FROM request WHERE origin_kind = 'kit' ORDER BY number LIMIT 1) AS one`,
      )
    }
    const asking = async (from: Machine, address: string, commonName: string) =>
      core.enrolment.submit(
        { ...(await from.actor(core)), from: address },
        await submission(from, inHand, { commonName }),
      )
    const name = (letter: string) => `ws-${letter.repeat(26)}`
    await asking(await machine(), '2001:db8:1:2::7', name('a'))
    await filled(2_000, 'installed', 'x')
    await filled(999, 'cancelled', 'y')
    const pc = await machine()
    await asking(pc, '2001:db8:1:2::8', name('b')) // 3,000 requests, every third of them begun anew
    await filled(1, 'cancelled', 'z')
    const facts = { of: 'kit', most: 1_000, hours: 1 }
    await assert.rejects(
      asking(await machine(), '2001:db8:1:2:ffff::9', name('c')),
      refused('submissions_too_many', facts),
    )
    await asking(await machine(), '2001:db8:1:3::9', name('d')) // nobody locks another place out
  })

  test('what waits already is not asked for twice: the same number, no row, no line, no use of the kit; a changed wish replaces', async (t) => {
    const { core, admin, inHand, count } = await scene(t)
    const pc = await machine()
    const key = await generateKeyPair('ec-p256')
    const first = await submit(core, pc, inHand, { key })
    const before = [await count('request'), await count('audit_event'), await count('request_step')]
    const uses = async () => (await core.kits.list(admin, {})).items[0]!.uses.made
    for (let time = 0; time < 3; time++) {
      const again = await submit(core, pc, inHand, { key }) // another signature over the same
      assert.deepEqual(again, { ...first, replaced: [] })
    }
    assert.deepEqual([await count('request'), await count('audit_event'), await count('request_step')], before)
    assert.equal(await uses(), 1)

    const same = await submission(pc, inHand, { key })
    const name = [{ type: 'commonName', value: 'ws-abcdefghijklmnopqrstuvwxyz' }] as const
    const placed = [...name, { type: 'localityName', value: 'Lyon' }] as const
    const changes: readonly Partial<Submission>[] = [
      { contact: { ...same.contact, email: 'other@post.example' } },
      { contact: { ...same.contact, description: 'the one by the door' } },
      { machine: { ...same.machine, macAddresses: ['02:00:00:00:00:02'] } },
      { csr: await csrOf(key, placed, [], pc.thumbprint) },
      { csr: await csrOf(await generateKeyPair('ec-p256'), name, [], pc.thumbprint) },
      { csr: same.csr },
    ]
    let { number } = first.request
    for (const change of changes) {
      const anew = await core.enrolment.submit(await pc.actor(core), { ...same, ...change })
      assert.deepEqual(anew.replaced, [number], JSON.stringify(Object.keys(change)))
      number = anew.request.number
    }
    await core.enrolment.cancelOwn(await pc.actor(core), 'production', number)
    const after = await submit(core, pc, inHand, { key })
    assert.ok(after.request.number > number, 'what was taken back is asked for anew')
  })

  test('the same wish sent over and over, which writes nothing, has to wait as well', async (t) => {
    const { core, inHand } = await scene(t)
    const pc = await machine()
    const key = await generateKeyPair('ec-p256')
    for (let time = 0; time < 21; time++) await submit(core, pc, inHand, { key })
    await assert.rejects(submit(core, pc, inHand, { key }), refused('too_many_requests'))
  })
})
