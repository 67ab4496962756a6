import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { generateKeyPair, type KeyPair } from '@scel/pki/crypto'
import { eachRulesDatabase } from '../../../../test/each-rules-database.ts'
import {
  approve,
  csrOf,
  firstAdministrator,
  invited,
  kit,
  machine,
  NAMES,
  organisation,
  refused,
  rulesDeskOn,
  submit,
} from '../../../../test/rules-desk.ts'
import { openSample } from '../../../store/testing/sample-work.ts'
import type { PersonActor } from '../../actor.ts'

const MACHINE = {
  ...{ hostName: 'pc-12', macAddresses: [], processor: '', processorId: '' },
  ...{ operatingSystem: 'Linux', operatingSystemVersion: '', architecture: 'x64' },
}
const PLACES = ['mail', 'parcels', 'post', 'bank'] as const
type At = (typeof PLACES)[number]

/** Every two places, of which the first has something that the second asks for: services, an organisation as a whole, another one. */
const APART = PLACES.flatMap((one) => PLACES.flatMap((other) => (one === other ? [] : [[one, other] as const])))
const inUse = refused('csr_key_in_use')
const contested = refused('request_key_contested')
let names = 0
const workstation = (): string => {
  const letters = Array.from(String(names++).padStart(4, '0'), (digit) => 'abcdefghij'[Number(digit)])
  return `ws-${letters.join('')}${'z'.repeat(22)}`
}

eachRulesDatabase('what an organisation asks for by file, for one of its services or as a whole,', ({ prepared }) => {
  async function scene(t: TestContext) {
    const work = await openSample(await prepared())
    t.after(() => work.close())
    const desk = await rulesDeskOn(work, { pendingPerKit: 1000 })
    const { core } = desk
    const ada = (await firstAdministrator(core)).actor
    const bea = (await invited(core, ada, 'administrator', { email: 'bea@desk.example' })).actor
    const post = await organisation(core, ada)
    const bank = await core.organisations.create(ada, {
      code: 'BANK',
      name: 'Bank',
      country: 'FR',
      nameSuffixes: NAMES,
    })
    const mail = await core.services.make(ada, post.id, 'Mail')
    const parcels = await core.services.make(ada, post.id, 'Parcels')
    const places: Record<At, { organisation: string; service?: string }> = {
      mail: { organisation: post.id, service: mail.id },
      parcels: { organisation: post.id, service: parcels.id },
      post: { organisation: post.id },
      bank: { organisation: bank.id },
    }
    const manager = async (name: string, at: At): Promise<PersonActor> =>
      (await invited(core, ada, 'manager', { ...places[at], email: `${name}@post.example` })).actor
    const handIn = (by: PersonActor, at: At, csr: string) =>
      core.files.handIn(by, {
        ...{ ...places[at], profile: 'workstation', csr, machine: MACHINE },
        contact: { description: 'by the window' },
      })
    const stateOf = async (number: number) => (await core.requests.detail(ada, number)).state
    return { ...desk, ...{ work, ada, bea, post, bank, mail, parcels, places, manager, handIn, stateOf } }
  }
  const newCsr = async (key?: KeyPair, name = workstation()) => {
    const made = key ?? (await generateKeyPair('ec-p256'))
    return { key: made, name, csr: await csrOf(made, [{ type: 'commonName', value: name }]) }
  }

  test('attack 18, S1: who manages one service and hands in what another has waiting ends nothing of it, and learns no number', async (t) => {
    const { core, manager, handIn, stateOf } = await scene(t)
    const [max, mo] = [await manager('max', 'mail'), await manager('mo', 'mail')]
    const [pia, pol] = [await manager('pia', 'parcels'), await manager('pol', 'parcels')]
    const { csr } = await newCsr()
    const hers = (await handIn(pia, 'parcels', csr)).request.number
    const his = await handIn(max, 'mail', csr)
    assert.deepEqual([his.replaced, await stateOf(hers)], [[], 'pending'])
    const told = his.findings.filter(({ code }) => /elsewhere|seen_before/.test(code))
    assert.ok(told.some(({ code }) => code === 'subject_pending_elsewhere'))
    for (const { code, level, facts } of told) assert.deepEqual([code, level, facts.request], [code, level, undefined])
    for (const [by, number] of [
      [mo, his.request.number],
      [pol, hers],
    ] as const) {
      const { findings, conflicting, may } = await core.requests.detail(by, number)
      const copy = findings.find(({ code }) => code === 'key_pending_elsewhere')
      assert.deepEqual([copy?.facts, conflicting, may.approve], [{ shown: 'no' }, [], false])
      await assert.rejects(approve(core, by, number), contested)
    }
    await core.requests.reject(mo, his.request.number, 'not ours')
    assert.equal((await approve(core, pol, hers)).state, 'approved')
  })

  test('attack 18, S1: what waits for one is not replaced by the other: neither is approved until the other one is gone', async (t) => {
    const { core, ada, bea, handIn, stateOf } = await scene(t)
    for (const [one, other] of APART) {
      const { csr } = await newCsr()
      const first = (await handIn(ada, one, csr)).request.number
      const second = await handIn(ada, other, csr)
      assert.deepEqual([second.replaced, await stateOf(first)], [[], 'pending'], `${one} ${other}`)
      await assert.rejects(approve(core, bea, first), contested)
      await assert.rejects(approve(core, bea, second.request.number), contested)
      await core.requests.reject(bea, second.request.number, 'a copy')
      assert.equal((await approve(core, bea, first)).state, 'approved')
    }
    for (const at of PLACES) {
      const { csr } = await newCsr()
      const first = (await handIn(ada, at, csr)).request.number
      assert.deepEqual((await handIn(bea, at, csr)).replaced, [first], `a colleague’s, ${at}`)
    }
  })

  test('attack 18, S1: a key that is certified for one is certified for no other, and renewed by whoever asks for the same', async (t) => {
    const { core, ada, bea, handIn } = await scene(t)
    for (const one of PLACES) {
      const { key, name, csr } = await newCsr()
      await approve(core, bea, (await handIn(ada, one, csr)).request.number)
      for (const other of PLACES) if (other !== one) await assert.rejects(handIn(ada, other, csr), inUse)
      const again = await handIn(bea, one, (await newCsr(key, name)).csr)
      const seen = again.findings.find(({ code }) => code === 'key_seen_before')
      assert.equal(seen?.level, 'notice')
      assert.ok(again.findings.some(({ code }) => code === 'subject_certified'))
      assert.equal((await approve(core, ada, again.request.number)).state, 'approved')
    }
  })

  test('attack 18, S1: who renews for one service does not renew for another: the name is somebody’s, and whoever decides has to have seen it', async (t) => {
    const { core, ada, bea, handIn } = await scene(t)
    const { csr, name } = await newCsr()
    const theirs = await handIn(ada, 'mail', (await newCsr(undefined, name)).csr)
    const { mark } = await core.requests.detail(bea, theirs.request.number)
    await approve(core, bea, (await handIn(ada, 'parcels', csr)).request.number)
    const since = refused('names_certified_since', { names: name })
    await assert.rejects(core.requests.approve(bea, theirs.request.number, mark), since)
    const { findings } = await core.requests.detail(bea, theirs.request.number)
    assert.equal(findings.find(({ code }) => code === 'name_certified_elsewhere')?.level, 'warning')
    const { findings: found } = await handIn(ada, 'mail', (await newCsr(undefined, name)).csr)
    assert.ok(!found.some(({ code }) => code === 'subject_certified'))
  })

  test('what a machine asked for with a kit is the applicant’s, whatever the service of the kit: nobody who hands in its file has a part of it', async (t) => {
    const { core, ada, bea, post, bank, places, handIn, stateOf } = await scene(t)
    const kits = new Map(
      await Promise.all(
        PLACES.map(async (at) => {
          const { organisation, ...part } = places[at]
          return [at, await kit(core, ada, organisation, part)] as const
        }),
      ),
    )
    assert.notEqual(post.id, bank.id)
    for (const [one, other] of APART) {
      const says = `${one} ${other}`
      const { csr } = await newCsr()
      const [owner, thief] = [await machine(), await machine()]
      const first = (await submit(core, owner, kits.get(one)!, { csr })).request.number
      const byFile = await handIn(ada, other, csr)
      const byKit = await submit(core, thief, kits.get(other)!, { csr })
      assert.deepEqual([byFile.replaced, byKit.replaced, await stateOf(first)], [[], [], 'pending'], says)
      for (const number of [first, byFile.request.number, byKit.request.number])
        await assert.rejects(approve(core, bea, number), contested, says)
      await core.requests.reject(bea, byFile.request.number, 'a copy')
      await core.requests.reject(bea, byKit.request.number, 'a copy')
      await approve(core, bea, first)
      await assert.rejects(handIn(ada, other, csr), inUse, says)
      await assert.rejects(submit(core, thief, kits.get(other)!, { csr }), inUse, says)
      // The same machine, which signs for it, goes on with another kit of its organisation.
      if (one === 'bank' || other === 'bank') continue
      const { key, name, csr: again } = await newCsr()
      const mine = (await submit(core, owner, kits.get(one)!, { csr: again })).request.number
      const moved = await submit(core, owner, kits.get(other)!, { key, commonName: name })
      assert.deepEqual(moved.replaced, [mine], says)
    }
    const { csr } = await newCsr()
    await approve(core, bea, (await handIn(ada, 'mail', csr)).request.number)
    await assert.rejects(submit(core, await machine(), kits.get('mail')!, { csr }), inUse)
  })

  test('that an address is marked, which a machine of another service had, whoever tries addresses for one is not told; who has all of it is', async (t) => {
    const { core, ada, bea, post, mail, parcels, manager } = await scene(t)
    const kits = {
      mail: await kit(core, ada, post.id, { service: mail.id }),
      parcels: await kit(core, ada, post.id, { service: parcels.id }),
    }
    const macAddresses = ['02:00:00:00:00:99']
    const asking = () => ({ macAddresses, commonName: workstation() })
    const { request } = await submit(core, await machine(), kits.parcels, asking())
    const { certificate } = await approve(core, bea, request.number)
    await core.certificates.revoke(ada, certificate!.id, 'cessationOfOperation')
    const seenBy = async (by: PersonActor, number: number) =>
      (await core.requests.detail(by, number)).findings.some(({ code }) => code === 'compromised_before')
    const [max, mia, pia] = [
      await manager('max', 'mail'),
      await manager('mia', 'post'),
      await manager('pia', 'parcels'),
    ]
    const ours = (await submit(core, await machine(), kits.mail, asking())).request.number
    assert.deepEqual([await seenBy(max, ours), await seenBy(mia, ours), await seenBy(ada, ours)], [false, true, true])
    const theirs = (await submit(core, await machine(), kits.parcels, asking())).request.number
    assert.ok(await seenBy(pia, theirs))
  })

  test('what is of a closed service is the organisation’s: it renews it with its key, takes its place, and ends it with its own', async (t) => {
    const { core, ada, bea, post, mail, handIn, stateOf, manager } = await scene(t)
    const [first, second] = [await newCsr(), await newCsr()]
    const mails = (await approve(core, bea, (await handIn(ada, 'mail', first.csr)).request.number)).certificate!
    const waiting = (await handIn(ada, 'mail', second.csr)).request.number
    await core.services.close(ada, post.id, mail.id)
    await assert.rejects(handIn(ada, 'parcels', first.csr), inUse)
    const renewed = await handIn(ada, 'post', first.csr)
    const codes = renewed.findings.map(({ code, level }) => `${code} ${level}`)
    assert.ok(codes.includes('subject_certified notice') && codes.includes('key_seen_before notice'), codes.join())
    assert.ok(!codes.some((code) => code.startsWith('name_')), codes.join())
    await approve(core, bea, renewed.request.number)
    const other = await handIn(ada, 'parcels', second.csr)
    assert.deepEqual([other.replaced, await stateOf(waiting)], [[], 'pending'])
    assert.deepEqual((await handIn(ada, 'post', second.csr)).replaced, [waiting])
    const pia = await manager('pia', 'parcels')
    await assert.rejects(core.certificates.revoke(pia, mails.id, 'keyCompromise'), refused('not_found'))
    const mia = await manager('mia', 'post')
    assert.equal((await core.certificates.revoke(mia, mails.id, 'keyCompromise')).ended.certificates, 2)
  })
})
