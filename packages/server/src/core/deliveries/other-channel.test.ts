import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  approve,
  coreOn,
  firstAdministrator,
  kit,
  machine,
  organisation,
  rulesDeskOn,
  submit,
} from '../../../test/rules-desk.ts'
import type { Database } from '../../store/opening/open-database.ts'
import { ask } from '../../store/testing/ask.ts'
import { eachDatabase } from '../../store/testing/each-database.ts'
import { openSample } from '../../store/testing/sample-work.ts'
import type { Carrier, Carriers, Parcel } from './carrier.ts'
import type { ChannelRules } from './channel.ts'
import { CHANNELS } from './channels.ts'
import { NotTaken } from './not-taken.ts'

// A channel that is none of today’s, by its rules alone and the one line that a new channel adds: letters to two people, in a form of their own, of
// which the first has the id that the webhook’s message has.
const LETTERS: string = 'letters'
const LETTER_RULES: ChannelRules = {
  messagesOf: ({ id, event }) => [
    { id, body: `To: ada\n${event}` },
    { id: `${id} bob`, body: `To: bob\n${event}` },
  ],
  toldIn: (body) => ({ event: body.split('\n')[1]!, about: { kind: 'request', id: body.split('\n')[0]! } }),
}
Object.assign(CHANNELS, { [LETTERS]: LETTER_RULES })

/** A carrier that says what it was given; while it is away it takes nothing. */
function carrierThat(got: Parcel[]) {
  const state = { isAway: false, send: async (_: AbortSignal): Promise<void> => undefined }
  const carrier: Carrier = {
    name: 'somebody',
    send: async (parcel, ending) => {
      if (state.isAway) throw new NotTaken('unreachable', 'no')
      await state.send(ending)
      got.push(parcel)
      return 200
    },
  }
  return { state, carrier }
}

async function scene(database: Database) {
  const work = await openSample(database)
  const desk = await rulesDeskOn(work)
  const [posted, lettered]: [Parcel[], Parcel[]] = [[], []]
  const [webhook, letters] = [carrierThat(posted), carrierThat(lettered)]
  const deskWith = (carriers: object) =>
    coreOn(work, desk.signers, {}, desk.world, undefined, undefined, undefined, {
      carriers: carriers as Carriers,
    })
  const { actor: admin } = await firstAdministrator(desk.core)
  const post = await organisation(desk.core, admin)
  const inHand = await kit(desk.core, admin, post.id)
  const submitted = async () => (await submit(desk.core, await machine(), inHand)).request.number
  const channels = async () =>
    (await ask(database, 'SELECT channel FROM delivery')).map(({ channel }) => channel).sort()
  return { ...desk, work, posted, lettered, webhook, letters, deskWith, admin, submitted, channels }
}

eachDatabase('a second channel', ({ where }) => {
  test('has its own messages of what happens, under its own ids and in its own form, which the page reads', async () => {
    const { work, deskWith, webhook, letters, posted, lettered, admin, submitted } = await scene(await where())
    const core = deskWith({ webhook: webhook.carrier, [LETTERS]: letters.carrier })
    await approve(core, admin, await submitted())
    await core.deliveries.deliver()
    assert.deepEqual([posted.length, posted[0]!.id], [1, lettered[0]!.id])
    assert.deepEqual(
      lettered.map(({ body }) => body),
      ['To: ada\nrequest.approved', 'To: bob\nrequest.approved'],
    )
    const { items } = await core.deliveries.list(admin, {})
    assert.deepEqual(
      items.map(({ channel, event, about, state }) => [channel, event, about.id, state]).sort(),
      [
        [LETTERS, 'request.approved', 'To: ada', 'done'],
        [LETTERS, 'request.approved', 'To: bob', 'done'],
        ['webhook', 'request.approved', items.find(({ channel }) => channel === 'webhook')!.about.id, 'done'],
      ].sort(),
    )
    await core.deliveries.stop()
    await work.close()
  })

  test('that a desk has alone gets its own, and the quiet one nothing; a desk that tells nobody leaves none at all', async () => {
    const { work, deskWith, core: quiet, webhook, letters, admin, submitted, channels } = await scene(await where())
    const lettersAlone = deskWith({ webhook: undefined, [LETTERS]: letters.carrier })
    await approve(lettersAlone, admin, await submitted())
    assert.deepEqual(await channels(), [LETTERS, LETTERS])
    const webhookAlone = deskWith({ webhook: webhook.carrier })
    await approve(webhookAlone, admin, await submitted())
    assert.deepEqual(await channels(), [LETTERS, LETTERS, 'webhook'])
    await approve(quiet, admin, await submitted())
    assert.equal((await channels()).length, 3)
    await lettersAlone.deliveries.stop()
    await webhookAlone.deliveries.stop()
    await work.close()
  })

  test('waits for no other one, and what is for another it leaves to the desk that has it', async () => {
    const { work, deskWith, webhook, letters, posted, lettered, admin, submitted } = await scene(await where())
    const both = deskWith({ webhook: webhook.carrier, [LETTERS]: letters.carrier })
    const going = Promise.withResolvers<void>()
    webhook.state.send = () => going.promise // an address that does not answer
    await approve(both, admin, await submitted())
    const delivered = both.deliveries.deliver()
    const webhookAlone = deskWith({ webhook: webhook.carrier })
    await webhookAlone.deliveries.deliver() // nothing of the letters, and what is under way at the other desk not either
    while (lettered.length < 2) await new Promise(setImmediate)
    assert.equal(posted.length, 0)
    going.resolve()
    await delivered
    assert.deepEqual([posted.length, lettered.length], [1, 2])
    letters.state.isAway = true
    await both.requests.reject(admin, await submitted(), 'no')
    await both.deliveries.deliver()
    const { items } = await both.deliveries.list(admin, { state: 'due' })
    assert.deepEqual([posted.length, items.map(({ channel }) => channel)], [2, [LETTERS, LETTERS]])
    await both.deliveries.stop()
    await webhookAlone.deliveries.stop()
    await work.close()
  })
})
