import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { readStatement } from '@scel/contract/kit'
import { MINUTE, openRulesDesk, refused, signedInAgain } from '../../../test/rules-desk.ts'
import { type RulesScene, rulesScene } from '../../../test/rules-scene.ts'
import { DAY, HOUR } from '../world.ts'

// What the desk says of itself must go on being said, whatever happens to the key that it is said with: nobody enrols without it.

const SERVICES = { portal: 'https://desk.example', mutual: 'https://desk.example:1', public: 'http://desk.example' }

async function scene(t: TestContext) {
  const at = await rulesScene(t)
  const { core, work, now } = at
  const [root] = await core.authorities.roots()
  const where = { services: SERVICES, tls: { anchor: root!.pem, given: false } }
  const say = () => core.statements.current(where)
  const word = async () => {
    const said = await readStatement(await say(), now())
    return 'id' in said ? said : assert.fail(said.refused)
  }
  /** Ahead to the next such day of a month. */
  const goTo = (day: number): void => {
    do at.later(DAY)
    while (now().getUTCDate() !== day)
  }
  const certificates = () =>
    work.read(async (stores) => {
      const { items } = await stores.certificates.page(
        { environment: 'production' },
        { now: now().toISOString(), size: 200 },
      )
      return items.filter(({ profile }) => profile === 'desk-statement')
    })
  return { ...at, say, word, goTo, certificates }
}

const revoke = async (
  { core, admin }: Pick<RulesScene, 'core' | 'admin'>,
  id: string,
  reason: 'keyCompromise' | 'superseded',
) => core.certificates.revoke(admin, id, reason)

for (const reason of ['keyCompromise', 'superseded'] as const) {
  test(`a statement’s certificate that is revoked (${reason}) is followed by another key’s, at once and after a start`, async (t) => {
    const at = await scene(t)
    await at.word()
    const [first] = await at.certificates()
    await revoke(at, first!.id, reason)
    await assert.rejects(at.core.statements.requireVoice(), refused('authority_unavailable'))
    await at.word()
    await at.core.statements.requireVoice()
    const [second, ...rest] = (await at.certificates()).filter(({ revoked }) => !revoked)
    assert.deepEqual([rest.length, second!.key === first!.key], [0, false])
    await revoke(at, second!.id, reason)
    await at.core.start()
    await at.word()
    assert.equal((await at.certificates()).length, 3)
  })
}

test('a key that has two certificates is of no use once the older is revoked, though the newer one is good', async (t) => {
  const at = await scene(t)
  at.goTo(3) // into a month in which it is certified twice
  await at.core.statements.renewDue()
  at.later(10 * DAY)
  assert.equal(await at.core.statements.renewDue(), true)
  await at.core.revocation.publishDue()
  await at.word()
  const [first, second] = (await at.certificates())
    .sort((one, other) => (one.issuedAt < other.issuedAt ? -1 : 1))
    .slice(-2)
  assert.equal(first!.key, second!.key)
  const before = new Set((await at.certificates()).map(({ id }) => id))
  await revoke({ ...at, admin: await signedInAgain(at.core, at.signed) }, first!.id, 'superseded')
  await assert.rejects(at.core.statements.requireVoice(), refused('authority_unavailable'))
  await at.word()
  const since = (await at.certificates()).filter(({ id }) => !before.has(id))
  assert.deepEqual([since.length, since[0]!.key === first!.key], [1, false])
})

test('at the turn of the month a hundred callers at once are answered, and one certificate is made', async (t) => {
  const at = await scene(t)
  await at.word()
  const before = (await at.certificates()).length
  at.later(33 * DAY)
  await at.core.revocation.publishDue()
  const words = await Promise.all(Array.from({ length: 100 }, () => at.word()))
  assert.equal(new Set(words.map(({ saidAt }) => saidAt)).size > 0, true)
  assert.equal((await at.certificates()).length, before + 1)
})

test('while the authority’s key is away the last month’s certificate speaks, and callers and jobs leave one intent each at most', async (t) => {
  const at = await scene(t)
  const { core, work, signers } = at
  at.goTo(31) // renewed late in a month, so that it reaches into the next
  await core.statements.renewDue()
  await core.revocation.publishDue() // whose list is good for two days
  await at.say()
  const open = () => work.read(async (stores) => (await stores.intents.open()).length)
  signers.break(true, (keyId) => !keyId.startsWith('desk-statement'))
  at.later(DAY)
  for (let n = 0; n < 20; n++) {
    await at.say()
    at.later(MINUTE)
    await assert.rejects(core.statements.renewDue())
    await assert.rejects(core.ownCertificates.renewDue()).catch(() => {}) // nothing of theirs may be due
  }
  const left = await open()
  at.later(14 * DAY) // and now it ends
  await Promise.all(Array.from({ length: 30 }, () => assert.rejects(at.say())))
  await assert.rejects(core.statements.renewDue())
  assert.ok(left <= 2 && (await open()) <= 3, `${left}, then ${await open()} intents`)
  signers.break(false)
  at.later(2 * MINUTE)
  await core.completeOpen()
  await core.revocation.publishDue()
  await at.word()
  assert.ok((await at.certificates()).filter(({ key }, _, all) => key === all[0]!.key).length <= 2, 'one a day')
})

test('with a newest list of more than two days the desk says nothing rather than what nobody takes, and speaks again with the next', async (t) => {
  const at = await scene(t)
  await at.word()
  at.signers.break(true, (keyId) => keyId === 'production-desk')
  at.later(2 * DAY - HOUR)
  await at.core.statements.renewDue().catch(() => {})
  await at.word()
  await at.core.statements.requireVoice()
  at.later(2 * HOUR)
  await assert.rejects(at.say(), refused('authority_unavailable', { purpose: 'desk' }))
  await assert.rejects(at.core.statements.requireVoice(), refused('authority_unavailable', { purpose: 'desk' }))
  at.signers.break(false)
  await at.core.revocation.publishDue()
  await at.core.statements.requireVoice()
  await at.word()
})

test('responders that are due while a key is away are asked for once, however often the job runs', async (t) => {
  const { core, work, signers, later } = await openRulesDesk(t)
  await core.start()
  later(365 * DAY)
  signers.break(true)
  const open = () => work.read(async (stores) => (await stores.intents.open()).length)
  await assert.rejects(core.ownCertificates.renewDue())
  const first = await open()
  for (let n = 0; n < 10; n++) await assert.rejects(core.ownCertificates.renewDue())
  assert.equal(await open(), first)
  later(HOUR)
  signers.break(false)
  await core.ownCertificates.renewDue()
})
