import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { generateKeyPair } from '@scel/pki/crypto'
import { parseCertificate } from '@scel/pki/x509'
import { eachRulesDatabase } from '../../../test/each-rules-database.ts'
import {
  approve,
  csrOf,
  derOf,
  invited,
  kit,
  machine,
  profilesWhere,
  refused,
  rulesDeskOn,
  submit,
} from '../../../test/rules-desk.ts'
import { rulesScene, sceneAt } from '../../../test/rules-scene.ts'
import { ask } from '../../store/testing/ask.ts'
import { openSample } from '../../store/testing/sample-work.ts'

const offering = (...validityDays: number[]) => profilesWhere('workstation', { offers: { validityDays } })
const DAY = 86_400_000

eachRulesDatabase('what a request chooses of what its profile offers', ({ prepared }) => {
  async function scene(t: TestContext, offered: readonly number[] = [90, 365, 730]) {
    const database = await prepared()
    const work = await openSample(database)
    t.after(() => work.close())
    const desk = await sceneAt(await rulesDeskOn(work))
    const core = await desk.restart(offering(...offered))
    const inHand = await kit(core, desk.admin, desk.post.id)
    const lasts = async (id: string) => {
      const { notBefore, notAfter } = await core.certificates.detail(desk.admin, id)
      return Math.round((Date.parse(notAfter) - Date.parse(notBefore)) / DAY)
    }
    return { ...desk, core, inHand, lasts, sql: (text: string) => ask(database, text) }
  }

  test('is shown to whoever decides, and what the certificate then has', async (t) => {
    const { core, admin, inHand, lasts } = await scene(t)
    for (const [choices, days] of [
      [{ validityDays: 730 }, 730],
      [{ validityDays: 90 }, 90],
      [{ validityDays: 365 }, 365],
      [undefined, 365],
    ] as const) {
      const { request } = await submit(core, await machine(), inHand, choices && { choices })
      assert.deepEqual(request.choices, choices)
      assert.deepEqual((await core.requests.detail(admin, request.number)).choices, choices)
      const { certificate } = await approve(core, admin, request.number)
      assert.equal(await lasts(certificate!.id), days)
    }
  })

  test('is decided beforehand by a kit that was made for what it offers', async (t) => {
    const { core, admin, post, lasts } = await scene(t)
    const standing = await kit(core, admin, post.id, { standingApproval: true })
    const { request } = await submit(core, await machine(), standing, { choices: { validityDays: 90 } })
    assert.deepEqual([request.state, request.choices], ['approved', { validityDays: 90 }])
    assert.equal(await lasts(request.certificate!.id), 90)
  })

  test('is refused where the profile does not offer it, but for what the profile has itself', async (t) => {
    const { core, admin, inHand, restart } = await scene(t)
    const wants = async (desk: typeof core, validityDays: number) =>
      submit(desk, await machine(), inHand, { choices: { validityDays } })
    const facts = { choice: 'validityDays', profile: 'workstation' }
    await assert.rejects(
      wants(core, 364),
      refused('choice_not_offered', { ...facts, value: 364, offered: '90, 365, 730' }),
    )
    const after = await restart()
    await assert.rejects(wants(after, 90), refused('choice_not_offered', { ...facts, value: 90, offered: '365' }))
    assert.equal((await approve(after, admin, (await wants(after, 365)).request.number)).state, 'approved')
  })

  test('waits for nobody once the profile offers it no more: it is rejected, or approved when the file is put back', async (t) => {
    const { core, admin, inHand, restart, forged, lasts } = await scene(t)
    const { number } = (await submit(core, await machine(), inHand, { choices: { validityDays: 730 } })).request
    const after = await restart(offering(90, 365))
    const { may } = await after.requests.detail(admin, number)
    assert.deepEqual([may.approve, may.reject, may.why?.code], [false, true, 'choice_not_offered'])
    await assert.rejects(approve(after, admin, number), refused('choice_not_offered', { value: 730 }))
    assert.deepEqual(forged, [], 'nobody wrote over the row')
    const { certificate } = await approve(await restart(offering(90, 365, 730)), admin, number)
    assert.equal(await lasts(certificate!.id), 730)
  })

  test('another choice is another wish, and takes the place of the first; the same one is answered', async (t) => {
    const { core, inHand, later } = await scene(t)
    const [pc, key] = [await machine(), await generateKeyPair('ec-p256')]
    const csr = await csrOf(key, [{ type: 'commonName', value: 'ws-abcdefghijklmnopqrstuvwxyz' }], [], pc.thumbprint)
    const asks = async (validityDays?: number) =>
      submit(core, pc, inHand, { csr, ...(validityDays && { choices: { validityDays } }) })
    const first = await asks(90)
    later(1_000)
    assert.equal((await asks(90)).request.number, first.request.number)
    const second = await asks(730)
    assert.deepEqual(second.replaced, [first.request.number])
    assert.deepEqual((await asks()).replaced, [second.request.number])
  })

  test('whoever writes the database neither chooses for others nor takes a choice away', async (t) => {
    const { core, admin, inHand, sql } = await scene(t)
    for (const [choices, written] of [
      [undefined, `'{"validityDays":730}'`],
      [{ validityDays: 90 }, `'{"validityDays":730}'`],
      [{ validityDays: 90 }, 'NULL'],
      [{ validityDays: 90 }, 'NULL, read_under = NULL'],
      [{ validityDays: 90 }, `'{"validityDays":"90"}'`],
      [{ validityDays: 90 }, `'{}'`],
      [{ validityDays: 90 }, `'no JSON'`],
    ] as const) {
      const { number } = (await submit(core, await machine(), inHand, choices && { choices })).request
      await sql(`UPDATE request SET choices = ${written} WHERE number = ${number}`)
      const { may } = await core.requests.detail(admin, number)
      assert.deepEqual([may.approve, may.why?.code], [false, 'request_row_altered'], written)
      await assert.rejects(approve(core, admin, number), refused('request_row_altered', { request: number }))
    }
  })

  test('a file that is handed in chooses as a kit’s holder does', async (t) => {
    const { core, admin, post } = await scene(t)
    const second = (await invited(core, admin, 'administrator', { email: 'bea@desk.example' })).actor
    const csr = async () =>
      csrOf(await generateKeyPair('ec-p256'), [{ type: 'commonName', value: 'ws-abcdefghijklmnopqrstuvwxyz' }])
    const file = async (validityDays: number) => ({
      ...{ organisation: post.id, profile: 'workstation', csr: await csr(), choices: { validityDays }, contact: {} },
      machine: {
        ...{ hostName: 'pc', macAddresses: [], processor: '', processorId: '' },
        ...{ operatingSystem: '', operatingSystemVersion: '', architecture: '' },
      },
    })
    await assert.rejects(core.files.handIn(admin, await file(91)), refused('choice_not_offered', { value: 91 }))
    const { request } = await core.files.handIn(admin, await file(90))
    assert.deepEqual(request.choices, { validityDays: 90 })
    await approve(core, second, request.number)
    const { certificate } = await core.files.download(admin, request.number)
    const { notBefore, notAfter } = parseCertificate(derOf(certificate))
    assert.equal(Math.round((notAfter.getTime() - notBefore.getTime()) / DAY), 90)
  })
})

test('what is offered stands in the kit and in the list of profiles; without an offer neither says anything', async (t) => {
  const { core, admin, post, restart } = await rulesScene(t)
  const wish = { name: 'k', organisation: post.id, profile: 'workstation', store: 'user', keys: ['ec-p256'] } as const
  const limits = { proposedKey: 'ec-p256', uses: 1, validityDays: 1 } as const
  const offersOf = async (desk: typeof core) => [
    (await desk.kits.create(admin, { ...wish, ...limits })).rules.offers,
    desk.profiles.list(admin).items.find(({ name }) => name === 'workstation')?.offers,
  ]
  assert.deepEqual(await offersOf(core), [undefined, undefined])
  const offers = { validityDays: { usual: 365, offered: [90, 365] } }
  assert.deepEqual(await offersOf(await restart(offering(90, 365))), [offers, offers])
})
