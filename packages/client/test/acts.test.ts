// The acts by themselves, as another face than the command line calls them: values in, values out, nothing said and nobody asked.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { folderFor, needs, run } from '@scel/testkit/peers'
import { type CancelEvent, cancel } from '../src/acts/cancel.ts'
import { type CollectEvent, type Collection, collect } from '../src/acts/collect.ts'
import { type EnrolEvent, type EnrolWish, enrol } from '../src/acts/enrol.ts'
import type { Here } from '../src/acts/here.ts'
import type { Submission } from '../src/acts/submit.ts'
import { tryCertificate } from '../src/acts/try-certificate.ts'
import type { Doors } from '../src/enrol/doors.ts'
import { readKit } from '../src/enrol/kit.ts'
import { openDoors } from '../src/enrol/open-doors.ts'
import { openIdentities } from '../src/identities/identities.ts'
import { chosenStore, type Stores, storeHolding } from '../src/keystores/index.ts'
import { machineName } from '../src/machine/index.ts'
import { readDeskRecords } from '../src/state/desk-record.ts'
import { openDesks } from '../src/state/open-desks.ts'
import { makePaths } from '../src/state/paths.ts'
import { stop } from '../src/ui/cli-error.ts'
import { type KitInput, type Office, openOffice } from './office.ts'

const MACHINE = {
  ...{ hostName: 'poste12', macAddresses: [], processor: '', processorId: '' },
  ...{ operatingSystem: 'Debian', operatingSystemVersion: '13', architecture: 'x64' },
}

interface Scene {
  readonly at: Office
  readonly here: Here & Stores & Doors
  enrolWith(input: KitInput): Promise<{ readonly submission: Submission; readonly events: readonly EnrolEvent[] }>
  collectAll(): Promise<Collection & { readonly events: readonly CollectEvent[] }>
}

const identitiesOf = ({ chosenStore }: Stores) =>
  openIdentities({
    stores: async (scope) => [await chosenStore(scope, undefined)],
    complain: (error) => {
      throw error
    },
  })

async function wishFor(kitFile: string): Promise<EnrolWish> {
  const form = { contact: { email: 'poste12@example.org' }, key: 'ec-p256', names: [] } as const
  const commonName = await machineName({ system: 'ab12', cards: [] })
  return { kit: await readKit(kitFile), form, commonName, machine: MACHINE, store: undefined }
}

async function scene(t: TestContext, signal = new AbortController().signal): Promise<Scene> {
  const at = await openOffice()
  t.after(() => at.close())
  const paths = makePaths({ env: {}, platform: process.platform, home: at.home }, {})
  const now = (): Date => new Date()
  const place = (scope: 'user' | 'machine') => ({ scope, paths, platform: process.platform })
  const here: Scene['here'] = {
    paths,
    now,
    checkpoint: () => void (signal.aborted && stop('interrupted')),
    chosenStore: (scope, name) => chosenStore(name, place(scope)),
    storeHolding: (scope, desk, key) => storeHolding(desk, key, place(scope)),
    ...openDoors({ language: 'fr', signal, now }, paths),
  }
  return {
    at,
    here,
    async enrolWith(input) {
      const events: EnrolEvent[] = []
      const wish = await wishFor((await at.kit('postes', input)).path)
      return { submission: await enrol(here, wish, (event) => events.push(event)), events }
    },
    async collectAll() {
      const events: CollectEvent[] = []
      const wish = { desks: await readDeskRecords(paths), number: undefined, passphrase: undefined, folder: undefined }
      return { ...(await collect(here, wish, (event) => events.push(event))), events }
    },
  }
}

test('a machine is enrolled, its certificate fetched and installed, by values alone; openssl reads what lies there', async (t) => {
  if (!needs(t, 'openssl')) return
  const { at, here, enrolWith, collectAll } = await scene(t)
  const { submission, events } = await enrolWith({})
  assert.ok(submission.outcome === 'taken')
  const { number } = submission.request
  assert.deepEqual(
    events.map(({ event }) => event),
    ['making_key', 'sending', 'taken'],
  )
  assert.deepEqual((await collectAll()).outcomes, [
    { number, commonName: submission.request.commonName, state: 'pending', outcome: 'pending' },
  ])
  await at.approve(number)
  const { outcomes, failures, events: told } = await collectAll()
  const [installed] = outcomes
  assert.ok(installed?.outcome === 'installed')
  assert.deepEqual([failures, told.map(({ event }) => event)], [[], ['outcome']])
  assert.equal(installed.state, 'installed')
  const serial = run(
    'openssl',
    ['x509', '-in', `${installed.folder}/certificate.pem`, '-noout', '-serial'],
    folderFor(t),
  )
  assert.equal(serial.trim().toLowerCase(), `serial=${installed.serial}`)
  assert.match(readFileSync(`${installed.folder}/key.pem`, 'utf8'), /PRIVATE KEY/)
  const { signal } = new AbortController()
  const trial = { environment: undefined, number: undefined, url: undefined, language: 'fr', signal } as const
  const own = { ...here, desks: openDesks(here.paths), identities: identitiesOf(here) }
  const tried = await tryCertificate(own, trial)
  assert.deepEqual([tried.verdict, tried.request], ['works', number])
  const saw = tried.steps.flatMap((step) =>
    'finding' in step && step.finding.found === 'saw' ? [step.finding.serial] : [],
  )
  assert.deepEqual(saw, [installed.serial])
})

test('what the desk refuses leaves no key and no record; what is called off, neither', async (t) => {
  const { at, here, enrolWith } = await scene(t)
  const { id, path } = await at.kit('postes')
  await at.administrator.post(`/api/kits/${id}/withdraw`)
  const events: EnrolEvent[] = []
  const refused = await enrol(here, await wishFor(path), (event) => events.push(event))
  assert.ok(refused.outcome === 'refused')
  assert.equal(refused.why.problem.code, 'kit_withdrawn')
  assert.deepEqual(
    events.map(({ event }) => event),
    ['making_key', 'sending'],
  )
  const store = await here.chosenStore('user', undefined)
  assert.deepEqual([await store.list(), await readDeskRecords(here.paths)], [[], []])
  const calledOff: Scene['here'] = { ...here, checkpoint: () => stop('interrupted') }
  await assert.rejects(
    enrol(calledOff, await wishFor((await at.kit('autres')).path), () => undefined),
    {
      code: 'interrupted',
    },
  )
  assert.deepEqual(await store.list(), [])
  assert.equal((await enrolWith({})).submission.outcome, 'taken')
})

test('where the answer is lost nobody knows whether there is a request, and the key stays for it', async (t) => {
  const { at, here } = await scene(t)
  const lost: Scene['here'] = {
    ...here,
    enrolment: async (record) => ({
      ...(await here.enrolment(record)),
      submit: () => stop('no_answer', { host: 'desk.example', seconds: 60 }),
    }),
  }
  const { outcome } = await enrol(lost, await wishFor((await at.kit('postes')).path), () => undefined)
  assert.equal(outcome, 'uncertain')
  assert.equal((await (await here.chosenStore('user', undefined)).list()).length, 1)
})

test('a request is taken back, and its key goes; a desk that is silent is told of, and nothing else', async (t) => {
  const { at, here, enrolWith, collectAll } = await scene(t)
  const { submission } = await enrolWith({})
  assert.ok(submission.outcome === 'taken')
  const { number } = submission.request
  const [desk] = await readDeskRecords(here.paths)
  const events: CancelEvent[] = []
  const request = await cancel(here, desk!, number, (event) => events.push(event))
  assert.equal(request.state, 'cancelled')
  assert.deepEqual(events, [{ event: 'cancelled', request }])
  assert.deepEqual(await (await here.chosenStore('user', undefined)).list(), [])
  await at.desk.stop()
  const { outcomes, failures, events: told } = await collectAll()
  assert.deepEqual([outcomes, failures.length], [[], 1])
  assert.deepEqual(told, [{ event: 'silent', why: failures[0] }])
})
