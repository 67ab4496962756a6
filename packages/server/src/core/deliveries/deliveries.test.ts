import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Environment } from '@scel/contract/values'
import { eachRulesDatabase } from '../../../test/each-rules-database.ts'
import {
  approve,
  coreOn,
  DAY,
  firstAdministrator,
  invited,
  kit,
  machine,
  organisation,
  refused,
  rulesDeskOn,
  submit,
} from '../../../test/rules-desk.ts'
import type { openWork } from '../../store/index.ts'
import type { Database } from '../../store/opening/open-database.ts'
import { ask } from '../../store/testing/ask.ts'
import { openSample } from '../../store/testing/sample-work.ts'
import { type Carrier, everywhere, type Parcel } from './carrier.ts'
import { MOST_ATTEMPTS } from './delivery.ts'
import { NotTaken } from './not-taken.ts'

/** A desk that tells somebody, and one beside it that tells nobody. */
async function scene(database: Database, run: (scene: Awaited<ReturnType<typeof build>>) => Promise<void>) {
  const work = await openSample(database)
  const scene = await build(work, database)
  try {
    await run(scene)
  } finally {
    await scene.core.deliveries.stop()
    await work.close()
  }
}

async function build(work: Awaited<ReturnType<typeof openWork>>, database: Database) {
  const desk = await rulesDeskOn(work)
  const got: Parcel[] = []
  const reports: string[] = []
  const state = { isBroken: false }
  const refusing = new Set<string>()
  const unanswered = new Set<string>()
  const away = new Set<Environment>()
  const carrier: Carrier = {
    name: 'somebody',
    send: async (message) => {
      if (away.has(message.environment)) throw new NotTaken('unreachable', 'no')
      if (unanswered.has(JSON.parse(message.body).type)) throw new NotTaken('unreachable', 'no')
      if (state.isBroken || refusing.has(JSON.parse(message.body).type))
        throw new NotTaken('refused', 'no', { status: 500 })
      got.push(message)
      return 204
    },
  }
  const core = coreOn(work, desk.signers, {}, desk.world, (what) => void reports.push(what), undefined, undefined, {
    carriers: { webhook: everywhere(carrier) },
  })
  const { actor: admin } = await firstAdministrator(desk.core)
  const post = await organisation(desk.core, admin)
  const inHand = await kit(desk.core, admin, post.id)
  const submitted = async (): Promise<number> => (await submit(core, await machine(), inHand)).request.number
  /** As if the pause were over. */
  const goOn = async (): Promise<void> => {
    await ask(database, "UPDATE delivery SET next_at = '1970-01-01T00:00:00.000Z'")
    await core.deliveries.deliver()
  }
  return {
    ...desk,
    quiet: desk.core,
    core,
    got,
    reports,
    state,
    refusing,
    unanswered,
    away,
    admin,
    post,
    submitted,
    goOn,
  }
}

eachRulesDatabase('what others are told of', ({ prepared }) => {
  test('is how a request was decided and that it expired, once each, and no name', async () => {
    await scene(await prepared(), async ({ core, quiet, got, admin, post, submitted, later, work }) => {
      const [one, two, three, four] = [await submitted(), await submitted(), await submitted(), await submitted()]
      await approve(core, admin, one!)
      await core.requests.reject(admin, two!, 'not ours')
      await assert.rejects(core.requests.reject(admin, two!, 'again'))
      await quiet.requests.reject(admin, four!, 'decided at a desk that tells nobody')
      later(100 * DAY)
      await core.requests.expireDue()
      await core.deliveries.deliver()
      await core.deliveries.deliver()
      assert.deepEqual(
        got.map(({ body }) => JSON.parse(body)).map(({ type, data }) => [type, data.request, data.state]),
        [
          ['request.approved', one, 'approved'],
          ['request.rejected', two, 'rejected'],
          ['request.expired', three, 'expired'],
        ],
      )
      const { type, timestamp, data } = JSON.parse(got[0]!.body)
      assert.deepEqual(data, {
        ...{
          environment: 'production',
          organisation: post.id,
          request: one,
          profile: 'workstation',
          state: 'approved',
        },
      })
      assert.equal(got[0]!.id, `${type}.${one}.${Date.parse(timestamp)}`)
      await core.purge()
      assert.equal(
        await work.transaction(({ deliveries }) => deliveries.purge('9999')),
        0,
        'those of before are gone but the last',
      )
    })
  })

  test('is in the same bytes whatever else the desk may tell: those that are checked and parsed elsewhere', async () => {
    await scene(await prepared(), async ({ core, got, admin, post, now, submitted }) => {
      const [one, two] = [await submitted(), await submitted()]
      const { certificate } = await approve(core, admin, one)
      await core.requests.reject(admin, two, 'not ours')
      const { id, serial, notAfter } = certificate!
      await core.certificates.revoke(admin, id, 'superseded')
      await core.deliveries.deliver()
      const at = now().toISOString()
      const of = `"environment":"production","organisation":"${post.id}"`
      const request = (kind: string, number: number) => ({
        id: `request.${kind}.${number}.${now().getTime()}`,
        environment: 'production',
        body: `{"type":"request.${kind}","timestamp":"${at}","data":{${of},"request":${number},"profile":"workstation","state":"${kind}"}}`,
        at,
      })
      const about = `"certificate":"${id}","serial":"${serial}","profile":"workstation","request":${one},"notAfter":"${notAfter}"`
      assert.deepEqual(got, [
        request('approved', one),
        request('rejected', two),
        {
          id: `certificate.revoked.${id}.superseded`,
          environment: 'production',
          body: `{"type":"certificate.revoked","timestamp":"${at}","data":{${of},${about},"reason":"superseded"}}`,
          at,
        },
      ])
    })
  })

  test('names the service of a request and of its certificate, where they are of one', async () => {
    await scene(await prepared(), async ({ core, got, admin, post }) => {
      const { id: service } = await core.services.make(admin, post.id, 'Mail')
      const ofMail = await kit(core, admin, post.id, { service })
      const { number } = (await submit(core, await machine(), ofMail)).request
      const { certificate } = await approve(core, admin, number)
      await core.certificates.revoke(admin, certificate!.id, 'superseded')
      await core.deliveries.deliver()
      assert.deepEqual(
        got.map(({ body }) => JSON.parse(body)).map(({ type, data }) => [type, data.organisation, data.service]),
        ['request.approved', 'certificate.revoked'].map((type) => [type, post.id, service]),
      )
    })
  })

  test('comes when it is taken again, in the same bytes under the same name; whoever takes none is told of once', async () => {
    await scene(await prepared(), async ({ core, got, reports, state, admin, submitted, goOn }) => {
      state.isBroken = true
      const numbers = [await submitted(), await submitted()]
      for (const number of numbers) await core.requests.reject(admin, number, 'no')
      for (let round = 0; round < 3; round++) await goOn()
      assert.equal(reports.length, 1)
      assert.match(reports[0]!, /^somebody refuses request\.rejected\.\d+\.\d+, or more that it is told/)
      state.isBroken = false
      await core.deliveries.deliver()
      assert.deepEqual(got, [], 'not before its time')
      await goOn()
      assert.deepEqual(
        got.map(({ body }) => JSON.parse(body).data.request),
        numbers,
      )
    })
  })

  test('is given up after three days of attempts, which the log says', async () => {
    await scene(await prepared(), async ({ core, got, reports, state, admin, submitted, goOn, work }) => {
      state.isBroken = true
      const number = await submitted()
      await core.requests.reject(admin, number, 'no')
      await core.deliveries.deliver()
      const lines = async () =>
        (await work.read(({ audit }) => audit.page({ environment: 'production' }, {}))).items.filter(
          ({ action }) => action === 'desk.delivery_given_up',
        )
      for (let attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
        assert.deepEqual(await lines(), [])
        await goOn()
      }
      assert.deepEqual(
        (await lines()).map(({ target }) => target.id),
        [String(number)],
      )
      assert.match(reports.at(-1)!, /given up/)
      state.isBroken = false
      await goOn()
      assert.deepEqual(got, [])
      const list = async () => (await core.deliveries.list(admin, {})).items
      const [given] = await list()
      const { at: _, ...answer } = given!.answer!
      assert.deepEqual(
        [given!.event, given!.about.id, given!.state, given!.attempts, given!.next, answer],
        ['request.rejected', String(number), 'given-up', MOST_ATTEMPTS, undefined, { kind: 'refused', status: 500 }],
      )
      await core.deliveries.resend(admin, given!.number)
      await core.deliveries.deliver()
      assert.equal(got.length, 1)
      const [taken] = await list()
      assert.deepEqual([taken!.state, taken!.attempts, taken!.answer!.status], ['done', 1, 204])
      await assert.rejects(core.deliveries.resend(admin, given!.number), refused('delivery_taken'))
      await assert.rejects(core.deliveries.resend(admin, 999), refused('not_found'))
      const { actor: auditor } = await invited(core, admin, 'auditor')
      await assert.rejects(core.deliveries.list(auditor, {}), refused('not_allowed'))
      await assert.rejects(core.deliveries.resend(auditor, given!.number), refused('not_allowed'))
      const { items } = await work.read(({ audit }) => audit.page({ environment: 'production' }, {}))
      assert.deepEqual(
        items.filter(({ action }) => action === 'desk.delivery_resent').map(({ outcome }) => outcome),
        ['refused', 'refused', 'refused', 'done'],
      )
    })
  })

  test('a message that is refused again and again keeps no other one back, nor does it end by being sent again by hand', async () => {
    await scene(await prepared(), async ({ core, got, refusing, admin, submitted, goOn }) => {
      refusing.add('request.rejected')
      const refused: number[] = []
      for (let at = 0; at < 8; at++) refused.push(await submitted())
      for (const number of refused) await core.requests.reject(admin, number, 'no')
      for (let round = 0; round < 3; round++) await goOn()
      const good = await submitted()
      await approve(core, admin, good)
      await core.deliveries.deliver()
      assert.deepEqual(
        got.map(({ body }) => JSON.parse(body).data.request),
        [good],
      )
      const first = async () =>
        (await core.deliveries.list(admin, {})).items.find(({ about }) => about.id === String(refused[0]))!
      const before = (await first()).attempts
      for (let click = 0; click < MOST_ATTEMPTS; click++) {
        await core.deliveries.resend(admin, (await first()).number)
        await core.deliveries.deliver()
      }
      const { state, attempts } = await first()
      assert.deepEqual([state, attempts], ['due', before])
    })
  })

  test('one that is taken between others shows that somebody is there: a round ends after five in a row alone', async () => {
    await scene(await prepared(), async ({ core, got, unanswered, admin, submitted, goOn }) => {
      const numbers: number[] = []
      for (let at = 0; at < 7; at++) numbers.push(await submitted())
      const taken = [numbers[3]!, numbers[6]!]
      // They are told of in this order: three that nobody answers, one that is taken, two, and one.
      unanswered.add('request.rejected')
      unanswered.add('request.approved')
      for (const number of numbers) {
        if (taken.includes(number)) await approve(core, admin, number)
        else await core.requests.reject(admin, number, 'no')
      }
      await goOn()
      assert.deepEqual(got, [])
      unanswered.delete('request.approved')
      await goOn()
      assert.deepEqual(
        got.map(({ body }) => JSON.parse(body).data.request),
        taken,
      )
    })
  })

  test('whoever is away in one environment keeps nothing of the other back, however much is due there', async () => {
    await scene(await prepared(), async ({ core, got, reports, away, admin, submitted, goOn, now, work }) => {
      away.add('test')
      const ids = Array.from({ length: 60 }, (_, index) => `request.rejected.${index}`)
      const what = JSON.stringify({ type: 'request.rejected', timestamp: now().toISOString(), data: {} })
      const of = { channel: 'webhook', environment: 'test', what, at: now().toISOString() } as const
      await work.transaction(async ({ deliveries }) => {
        for (const id of ids) await deliveries.append({ id, ...of })
      })
      await core.deliveries.deliver()
      assert.deepEqual(reports, ['somebody does not take what it is told of test'])
      const number = await submitted()
      await core.requests.reject(admin, number, 'not ours')
      await core.deliveries.deliver()
      assert.deepEqual(
        got.splice(0).map(({ environment, body }) => [environment, JSON.parse(body).data.request]),
        [['production', number]],
      )
      away.delete('test')
      await goOn()
      assert.deepEqual(got.map(({ environment, id }) => [environment, id]).sort(), ids.map((id) => ['test', id]).sort())
      assert.equal(reports.at(-1), 'somebody takes what it is told of test again')
    })
  })

  /** What is told of one certificate since the last call, after a look whose outcome a second one does not change. */
  type Scene = Awaited<ReturnType<typeof build>>
  const toldOf = async ({ core, got }: Pick<Scene, 'core' | 'got'>, id: string): Promise<unknown[]> => {
    await core.tellEnds()
    await core.tellEnds()
    await core.deliveries.deliver()
    const messages = got.splice(0).map(({ body }) => JSON.parse(body))
    return messages.filter(({ data }) => data.certificate === id).map(({ type, data }) => [type, data.days])
  }
  const approved = async ({ core, admin, submitted }: Scene) => {
    const { certificate } = await approve(core, admin, await submitted())
    return certificate!
  }

  test('is that a certificate comes to its end, at each of its moments once, and that it has', async () => {
    await scene(await prepared(), async (all) => {
      const { core, admin, post, later, now } = all
      const { id, notAfter } = await approved(all)
      assert.deepEqual(await toldOf(all, id), [])
      const said: unknown[] = []
      const left = (): number => Math.ceil((Date.parse(notAfter) - now().getTime()) / DAY) + 0
      for (later((left() - 40) * DAY); left() > -3; later(DAY / 2)) {
        for (const [type, days] of (await toldOf(all, id)) as [string, number?][]) said.push([type, days, left()])
      }
      assert.deepEqual(said, [
        ...[30, 14, 7, 1].map((days) => ['certificate.expiring', days, days]),
        ['certificate.expired', undefined, 0],
      ])
      const { items } = await core.deliveries.list(admin, {})
      const { event, about } = items.find(({ about }) => about.id === id)!
      const { serial } = await core.certificates.detail(admin, id)
      assert.deepEqual([event, about], ['certificate.expired', { kind: 'certificate', id, serial }])
      assert.equal((await core.requests.list(admin, { organisation: post.id })).items.length, 1)
    })
  })

  test('is of a certificate that passed several of its moments unseen the nearest to its end', async () => {
    await scene(await prepared(), async (all) => {
      const { id, notAfter } = await approved(all)
      await toldOf(all, id)
      all.later(Date.parse(notAfter) - all.now().getTime() - 5 * DAY)
      assert.deepEqual(await toldOf(all, id), [['certificate.expiring', 7]])
    })
  })

  test('is not that what was replaced or revoked ends, nor what the desk has for itself; a revocation is told at once', async () => {
    await scene(await prepared(), async (all) => {
      const { core, admin, got, later, now } = all
      const inHand = await kit(core, admin, all.post.id)
      const pc = await machine()
      const first = await approve(core, admin, (await submit(core, pc, inHand)).request.number)
      later(DAY / 144)
      const next = await approve(core, admin, (await submit(core, pc, inHand)).request.number)
      const other = await approved(all)
      await core.tellEnds()
      await core.certificates.revoke(admin, other.id, 'cessationOfOperation')
      assert.deepEqual(await toldOf(all, other.id), [['certificate.revoked', undefined]])
      later(Date.parse(next.certificate!.notAfter) - now().getTime() - DAY / 2)
      await core.tellEnds()
      await core.deliveries.deliver()
      const ended = got.map(({ body }) => JSON.parse(body).data).map(({ certificate }) => certificate)
      assert.ok(ended.includes(next.certificate!.id))
      for (const id of [first.certificate!.id, other.id]) assert.ok(!ended.includes(id))
      const { items } = await core.certificates.list(admin, { status: 'expired' })
      const own = items.filter(({ profile }) => profile.name !== 'workstation' && !profile.name.startsWith('person'))
      assert.ok(own.length > 0)
      for (const { id } of own) assert.ok(!ended.includes(id))
    })
  })

  test('is nothing of what ended before anybody was to be told, and of a clock that was ahead nothing twice', async () => {
    await scene(await prepared(), async (all) => {
      const { core, quiet, later, clockOff, now } = all
      const { id, notAfter } = await approved(all)
      later(Date.parse(notAfter) - now().getTime() - 6 * DAY)
      await quiet.tellEnds()
      assert.deepEqual(await toldOf(all, id), [])
      clockOff(6 * DAY)
      assert.deepEqual(await toldOf(all, id), [['certificate.expired', undefined]])
      clockOff(-6 * DAY)
      await core.tellEnds()
      later(6 * DAY)
      assert.deepEqual(await toldOf(all, id), [])
    })
  })
})
