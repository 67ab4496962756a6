import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type * as contract from '@scel/contract/values'
import { eachRulesDatabase } from '../../../test/each-rules-database.ts'
import {
  approve,
  coreOn,
  firstAdministrator,
  invited,
  kit,
  machine,
  organisation,
  type RulesDesk,
  refused,
  rulesDeskOn,
  type Signed,
  submit,
} from '../../../test/rules-desk.ts'
import type { PersonActor } from '../actor.ts'
import type { Work } from '../work.ts'

const NAMES = 'abcdefghijklmnopqrstuvwxy'

interface Scene extends RulesDesk {
  readonly admin: PersonActor
  readonly manager: Signed
  /** Numbers of pending requests that the manager may decide. */
  ask(count: number): Promise<number[]>
  /** Lines of the log, oldest first. */
  lines(): Promise<contract.AuditEvent[]>
}

async function scene(work: Work): Promise<Scene> {
  const desk = await rulesDeskOn(work)
  const { core } = desk
  const { actor: admin } = await firstAdministrator(core)
  const post = await organisation(core, admin)
  const manager = await invited(core, admin, 'manager', { organisation: post.id })
  const inHand = await kit(core, admin, post.id)
  return {
    ...desk,
    admin,
    manager,
    ask: (count) =>
      Promise.all(
        [...NAMES.slice(0, count)].map(async (letter) => {
          const asking = { commonName: `ws-${letter.repeat(26)}`, hostName: `pc-${letter}` }
          return (await submit(core, await machine(), inHand, asking)).request.number
        }),
      ),
    lines: async () => (await core.audit.list(admin, { size: 200 })).items.toReversed(),
  }
}

type Ending = readonly [what: string, line: contract.AuditAction, code: string, end: (on: Scene) => Promise<unknown>]

const ENDINGS: readonly Ending[] = [
  [
    'while the manager is disabled',
    'person.disabled',
    'session_ended',
    ({ core, admin, manager }) => core.people.disable(admin, manager.actor.id),
  ],
  [
    'while the manager’s certificate is revoked',
    'certificate.revoked',
    'session_ended',
    async ({ core, admin, manager }) => {
      const { items } = await core.people.list(admin, { role: 'manager' })
      assert.equal(items[0]?.id, manager.actor.id)
      return core.certificates.revoke(admin, items[0]!.signIn!.certificate!, 'keyCompromise')
    },
  ],
  [
    'while the manager’s session is ended',
    'session.ended',
    'session_ended',
    ({ core, admin, manager }) => core.sessions.end(admin, manager.actor.sessionId),
  ],
  [
    'while the manager’s grant is ended',
    'grant.ended',
    'rights_changed',
    ({ core, admin, manager }) => core.grants.end(admin, manager.actor.id, manager.actor.grants[0]!.id),
  ],
]

eachRulesDatabase('acts of people', ({ fresh }) => {
  for (const [what, line, code, end] of ENDINGS) {
    test(`25 approvals in flight ${what}: none is done after it in the log, and the others are refused there`, async () => {
      const opened = await fresh()
      const on = await scene(opened)
      const numbers = await on.ask(25)
      // The first come before the end begins, some while it is under way, the others when it is over.
      const [begun, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      let units = 0
      const work: Work = {
        read: (run) => opened.read(run),
        transaction: async (run) => {
          const turn = units++
          await (turn < 8 ? undefined : turn < 16 ? begun.promise : over.promise)
          return opened.transaction(run)
        },
      }
      const busy = coreOn(work, on.signers, {}, on.world)
      let done = 0
      const approvals = numbers.map(async (number) => {
        await approve(busy, on.manager.actor, number)
        done++
      })
      const settled = Promise.allSettled(approvals)
      while (units < 25) await setTimeout(5)
      begun.resolve()
      await end(on)
      over.resolve()
      const outcomes = await settled
      const log = await on.lines()
      const ended = log.findLast(({ action, outcome }) => action === line && outcome === 'done')!.number
      const approved = log.filter(
        ({ action, outcome, facts }) => action === 'request.approved' && outcome === 'done' && !facts.standing,
      )
      assert.equal(approved.length, done)
      assert.ok(done > 0 && done < 25, `${done} were done before`)
      assert.deepEqual(
        approved.filter(({ number }) => number > ended).map(({ number }) => number),
        [],
      )
      for (const outcome of outcomes) if (outcome.status === 'rejected') refused(code)(outcome.reason)
      const no = log.filter((one) => one.action === 'request.approved' && one.outcome === 'refused')
      assert.deepEqual([no.length, [...new Set(no.map(({ facts }) => facts.code))]], [25 - done, [code]])
    })
  }

  test('with one grant more or less since the call came, nothing is done; with those of another call, what they allow', async () => {
    const on = await scene(await fresh())
    const { core, admin, manager, beforeNextUnit } = on
    const [number = 0] = await on.ask(1)
    const other = await organisation(core, admin, 'OTHER', 'Other')
    const { mark } = await core.requests.detail(manager.actor, number)
    const again = () => core.sessions.find(manager.token, { from: '192.0.2.7' })
    const refusedAs = async (code: string, by: PersonActor): Promise<void> => {
      await assert.rejects(core.requests.approve(by, number, mark), refused(code))
      const last = (await on.lines()).at(-1)
      assert.deepEqual([last?.action, last?.outcome, last?.facts.code], ['request.approved', 'refused', code])
    }
    beforeNextUnit(() => core.grants.give(admin, manager.actor.id, { role: 'manager', organisation: other.id }))
    await refusedAs('rights_changed', manager.actor)
    const both = await again()
    const [first] = manager.actor.grants
    beforeNextUnit(() => core.grants.end(admin, manager.actor.id, first!.id))
    await refusedAs('rights_changed', both)
    // What is left is of the other organisation, where there is no such request.
    await refusedAs('not_found', await again())
    await core.grants.give(admin, manager.actor.id, {
      role: 'manager',
      organisation: manager.actor.grants[0]!.organisation!,
    })
    assert.equal((await core.requests.approve(await again(), number, mark)).state, 'approved')
  })

  test('a session that the database does not know, as after an older copy was put back, does nothing', async () => {
    const { core, admin } = await scene(await fresh())
    const stranger: PersonActor = { ...admin, sessionId: 'A'.repeat(22) }
    await assert.rejects(organisation(core, stranger, 'NOBODY'), refused('sign_in_required'))
  })

  test('a session that was idle too long when its act came to its turn does nothing', async () => {
    const { core, admin, later, beforeNextUnit } = await scene(await fresh())
    beforeNextUnit(async () => later(31 * 60_000))
    await assert.rejects(organisation(core, admin, 'LATE'), refused('session_ended', { reason: 'expired' }))
  })
})
