import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { applicantOwner, type Owner, personOwner, THE_DESK } from '../../core/owner.ts'
import type { Scope } from '../../core/scope.ts'
import type { Database } from '../opening/open-database.ts'
import { ask } from '../testing/ask.ts'
import { eachDatabase } from '../testing/each-database.ts'
import { openSample } from '../testing/sample-work.ts'
import {
  certificate,
  day,
  kit,
  NOW,
  OURS,
  organisation,
  PRODUCTION,
  request,
  stage,
  TEST,
  THEIRS,
} from '../testing/samples.ts'

const theirs = { organisation: 'theirs', origin: { kind: 'kit', id: 'their kit', name: 'Kit', of: undefined } } as const

eachDatabase('requests', ({ fresh, prepared }) => {
  test('are numbered upwards, never twice, and read back as written and as changed', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      const { requests } = stores
      const made = request('WS-1', {
        names: ['a.example.org'],
        choices: { validityDays: 90 },
        decidedBy: 'x',
        reason: 'y',
      })
      const number = await requests.insert(made)
      const second = await requests.insert(request('ws-2'))
      assert.ok(number >= 1 && second > number)
      assert.deepEqual(await requests.find(PRODUCTION, number), { number, ...made })
      assert.equal(await requests.find(TEST, number), undefined)
      assert.equal(await requests.find(THEIRS, number), undefined)
      await requests.update(THEIRS, number, { state: 'rejected' })
      await requests.update(PRODUCTION, number, {})
      assert.equal((await requests.find(OURS, number))?.state, 'pending')
      const change = { state: 'approved', decidedAt: day(1), decidedBy: 'Ada', certificate: 'c1' } as const
      await requests.update(OURS, number, change)
      await requests.update(OURS, number, { downloadedAt: day(2), downloadedBy: 'the machine' })
      const changed = { number, ...made, ...change, downloadedAt: day(2), downloadedBy: 'the machine' }
      assert.deepEqual(await requests.find(PRODUCTION, number), changed)
      const organisationRef = { id: 'ours', code: 'OURS', name: 'Organisation ours' }
      assert.deepEqual(await requests.entry(PRODUCTION, number), { ...changed, organisationRef, conflicts: 0 })
      await stores.certificates.insert(certificate('c1', { request: number }))
      const { id, serial, notAfter } = certificate('c1')
      const certificateRef = { id, serial, notAfter }
      const entry = { ...changed, organisationRef, conflicts: 0, certificateRef }
      assert.deepEqual(await requests.entry(PRODUCTION, number), entry)
      assert.deepEqual(await requests.entryOfOwner(PRODUCTION, applicantOwner('applicant'), number), entry)
      assert.equal(await requests.entryOfOwner(PRODUCTION, applicantOwner('another'), number), undefined)
      const own = await requests.entriesOfOwner(PRODUCTION, applicantOwner('applicant'), 10)
      assert.deepEqual(
        own.map((row) => row.number),
        [second, number],
      )
      assert.equal((await requests.entriesOfOwner(PRODUCTION, applicantOwner('applicant'), 1)).length, 1)
    })
  })

  test('may belong to no organisation, be for no machine and name nobody to reach', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      const { organisation: _, machine: __, store: ___, ...bare } = request('Ada Admin', { owner: personOwner('ada') })
      const { contact: ____, ...own } = { ...bare, owner: THE_DESK, from: '', names: ['desk.example', '192.0.2.1'] }
      const unreached = { ...own, owner: personOwner('ada') }
      for (const made of [{ ...bare, names: ['ada@example.org'] }, unreached, own]) {
        const number = await stores.requests.insert({
          ...made,
          origin: { kind: 'file', id: 'ada', name: 'Ada', of: 'dd' },
        })
        const stored = { number, ...made, origin: { kind: 'file', id: 'ada', name: 'Ada', of: 'dd' } } as const
        assert.deepEqual(await stores.requests.find(PRODUCTION, number), stored)
        assert.deepEqual(await stores.requests.entry(PRODUCTION, number), { ...stored, conflicts: 0 })
        await stores.requests.addStep(PRODUCTION, number, {
          ...{ kind: 'submitted', at: NOW, actor: { kind: 'desk', name: 'desk' } },
        })
        assert.equal((await stores.requests.steps(PRODUCTION, number)).length, 1)
        assert.equal(await stores.requests.find(OURS, number), undefined, 'of no organisation, so not of this one')
        assert.deepEqual((await stores.requests.page(PRODUCTION, { search: 'desk' })).items.length, 0)
      }
      const { items } = await stores.requests.page(PRODUCTION, {})
      assert.deepEqual(
        items.map(({ organisationRef, conflicts }) => [organisationRef, conflicts]),
        [
          [undefined, 0],
          [undefined, 0],
          [undefined, 0],
        ],
      )
      assert.deepEqual((await stores.requests.page(OURS, {})).items, [])
    })
  })

  test('of a machine whose facts somebody took away are told of, and not taken for those of a person', async () => {
    const database = await prepared()
    const told: string[] = []
    const work = await openSample(database, ({ table, id }) => void told.push(`${table} ${id}`))
    try {
      const number = await work.transaction(async (stores) => {
        await stage(stores)
        return stores.requests.insert(request('ws-1'))
      })
      await ask(database, 'UPDATE request SET machine = NULL, contact = NULL')
      const found = await work.read((stores) => stores.requests.find(PRODUCTION, number))
      assert.deepEqual([found?.unreadable, told], [['machine', 'contact'], [`request ${number}`]])
    } finally {
      await work.close()
    }
  })

  test('of which a column holds what no desk writes are read as what leads nowhere, and told of', async () => {
    const database = await prepared()
    const told: string[] = []
    const work = await openSample(database, ({ table, id }) => void told.push(`${table} ${id}`))
    try {
      const number = await work.transaction(async (stores) => {
        await stage(stores)
        return stores.requests.insert(request('ws-1'))
      })
      const column = async (name: string, value: string) => {
        const [row] = await ask(database, `SELECT ${name} AS was FROM request`)
        await pastChecks(database, `UPDATE request SET ${name} = '${value}'`)
        const found = await work.read((stores) => stores.requests.find(PRODUCTION, number))
        await ask(database, `UPDATE request SET ${name} = ${row!.was === null ? 'NULL' : `'${row!.was}'`}`)
        return found!
      }
      assert.equal((await column('profile', 'No profile')).profile, 'unknown')
      assert.equal((await column('store', 'cloud')).store, undefined)
      assert.equal((await column('state', 'approved twice')).state, 'cancelled')
      assert.equal((await column('submitted_at', 'yesterday')).submittedAt, '1970-01-01T00:00:00.000Z')
      assert.equal((await column('decided_at', 'never')).decidedAt, undefined)
      assert.equal((await column('downloaded_at', 'never')).downloadedAt, undefined)
      assert.equal((await column('origin_kind', 'word of mouth')).origin.kind, 'file')
      assert.equal(told.length, 6)
      await work.read((stores) => stores.requests.find(PRODUCTION, number))
      assert.equal(told.length, 6)
    } finally {
      await work.close()
    }
  })

  test('F: of one applicant key in both environments each has its own, and there is no asking for both', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      const { requests } = stores
      await stores.organisations.insert(organisation('trial', { environment: 'test' }))
      await stores.kits.insert(kit('trial kit', { environment: 'test', organisation: 'trial' }))
      const trial = {
        environment: 'test',
        organisation: 'trial',
        origin: { kind: 'kit', id: 'trial kit', name: 'Kit', of: undefined },
      } as const
      const real = await requests.insert(request('ws-1'))
      const tried = await requests.insert(request('ws-1', trial))
      const numbers = async (scope: Scope) =>
        (await requests.entriesOfOwner(scope, applicantOwner('applicant'), 10)).map(({ number }) => number)
      assert.deepEqual([await numbers(PRODUCTION), await numbers(TEST)], [[real], [tried]])
      assert.deepEqual(await numbers(THEIRS), [])
      assert.equal((await requests.entryOfOwner(TEST, applicantOwner('applicant'), tried))?.number, tried)
      assert.equal(await requests.entryOfOwner(PRODUCTION, applicantOwner('applicant'), tried), undefined)
      assert.equal(await requests.entryOfOwner(TEST, applicantOwner('applicant'), real), undefined)
      await requests.insert(request('ws-2', { ...trial, owner: applicantOwner('tester') }))
      assert.ok(await requests.knowsOwner(TEST, applicantOwner('tester')))
      assert.ok(!(await requests.knowsOwner(PRODUCTION, applicantOwner('tester'))))
    })
  })

  test('keep their steps in order, in their scope, for ever', async () => {
    const work = await fresh()
    const steps = [
      { kind: 'submitted', at: NOW, actor: { kind: 'applicant', name: 'abc', from: '192.0.2.7' } },
      { kind: 'approved', at: NOW, actor: { kind: 'person', name: 'Ada' }, beforehand: true },
      { kind: 'rejected', at: NOW, actor: { kind: 'person', name: 'Ada' }, reason: 'no such machine' },
      { kind: 'replaced', at: NOW, actor: { kind: 'desk', name: 'desk' }, request: 7 },
    ] as const
    await work.transaction(async (stores) => {
      await stage(stores)
      const { requests } = stores
      const number = await requests.insert(request('ws-1'))
      for (const step of steps) await requests.addStep(PRODUCTION, number, step)
      await requests.addStep(THEIRS, number, steps[0])
      assert.deepEqual(await requests.steps(PRODUCTION, number), steps)
      assert.deepEqual(await requests.steps(THEIRS, number), [])
    })
  })

  test('belong to a kit of their own organisation and environment', async () => {
    const work = await fresh()
    await work.transaction(stage)
    for (const astray of [
      { organisation: 'theirs' },
      { environment: 'test' },
      { origin: { kind: 'kit', id: 'none', name: '', of: undefined } },
    ] as const) {
      await assert.rejects(work.transaction(({ requests }) => requests.insert(request('ws-1', astray))))
    }
  })

  test('of a subject, a key and a host are found in their scope, newest first', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      const { requests } = stores
      const one = await requests.insert(request('ws-1', { state: 'rejected' }))
      const two = await requests.insert(request('ws-1', { owner: applicantOwner('another'), key: 'k' }))
      const three = await requests.insert(request('ws-1', { ...theirs, key: 'k' }))
      const four = await requests.insert(request('ws-1', { profile: 'server', owner: applicantOwner('third') }))
      const five = await requests.insert(request('ws-5', { machine: { ...request('').machine!, hostName: 'OTHER' } }))
      const numbers = (rows: readonly { number: number }[]) => rows.map(({ number }) => number)
      assert.deepEqual(numbers(await requests.ofSubject(OURS, 'workstation', 'ws-1')), [two, one])
      assert.deepEqual(numbers(await requests.ofSubject(OURS, 'workstation', 'ws-1', ['rejected'])), [one])
      assert.deepEqual(numbers(await requests.ofSubject(PRODUCTION, 'workstation', 'ws-1')), [three, two, one])
      assert.deepEqual(numbers(await requests.ofSubject(TEST, 'workstation', 'ws-1')), [])
      assert.deepEqual(numbers(await requests.ofKey(PRODUCTION, 'k')), [three, two])
      assert.deepEqual(numbers(await requests.ofKey(OURS, 'k')), [two])
      const byOthers = async (owner?: Owner) => (await requests.pendingOfKeyByOthers('k', owner))?.number
      assert.deepEqual(
        [await byOthers(), await byOthers(applicantOwner('another')), await byOthers(applicantOwner('who'))],
        [two, three, two],
      )
      await requests.update(PRODUCTION, two, { state: 'rejected' })
      assert.deepEqual([await byOthers(), await byOthers(request('').owner)], [three, undefined])
      await requests.update(PRODUCTION, two, { state: 'pending' })
      assert.deepEqual(await requests.latestOfHost(OURS, 'POSTE-042', 'ws-9'), {
        ...{ number: four, commonName: 'ws-1', profile: 'server' },
      })
      assert.equal(await requests.latestOfHost(OURS, 'poste-042', 'ws-1'), undefined)
      assert.deepEqual(await requests.latestOfHost(OURS, 'other', 'ws-1'), {
        ...{ number: five, commonName: 'ws-5', profile: 'workstation' },
      })
    })
  })

  test('count their conflicts: other pending ones of the subject, whose an earlier one of the same applicant is not any more', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      const { requests } = stores
      const one = await requests.insert(request('ws-1'))
      const two = await requests.insert(request('ws-1', { owner: applicantOwner('second') }))
      await requests.insert(request('ws-1', { owner: applicantOwner('second'), state: 'cancelled' }))
      await requests.insert(request('ws-1', { owner: applicantOwner('sixth') }))
      await requests.insert(request('ws-1', { owner: applicantOwner('third'), state: 'cancelled' }))
      await requests.insert(request('ws-1', { owner: applicantOwner('fourth'), ...theirs }))
      await requests.insert(request('ws-1', { owner: applicantOwner('fifth'), profile: 'server' }))
      assert.equal((await requests.entry(PRODUCTION, one))?.conflicts, 2)
      assert.equal((await requests.entry(PRODUCTION, two))?.conflicts, 2)
      await requests.update(PRODUCTION, one, { state: 'rejected' })
      assert.equal((await requests.entry(PRODUCTION, one))?.conflicts, 0)
      assert.equal((await requests.entry(PRODUCTION, two))?.conflicts, 1)
    })
  })

  test('are listed by state, profile, organisation, time and what is typed', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      const { requests } = stores
      const one = await requests.insert(request('ws-1', { submittedAt: day(-2) }))
      const two = await requests.insert(request('srv.example.org', { profile: 'server', state: 'rejected' }))
      const three = await requests.insert(request('ws-3', theirs))
      const found = async (query: object, scope: Parameters<typeof requests.page>[0] = PRODUCTION) =>
        (await requests.page(scope, query)).items.map(({ number }) => number)
      assert.deepEqual(await found({}), [three, two, one])
      assert.deepEqual(await found({}, OURS), [two, one])
      assert.deepEqual(await found({}, TEST), [])
      assert.deepEqual(await found({ state: 'pending' }), [three, one])
      assert.deepEqual(await found({ profiles: ['server'] }), [two])
      assert.deepEqual(await found({ profiles: ['server', 'workstation'] }, OURS), [two, one])
      assert.deepEqual(await found({ profiles: [] }), [])
      assert.deepEqual(await found({ organisation: 'theirs' }), [three])
      assert.deepEqual(await found({ organisation: 'theirs' }, OURS), [])
      assert.deepEqual(await found({ since: day(-1) }), [three, two])
      assert.deepEqual(await found({ search: 'WS-' }), [three, one])
      assert.deepEqual(await found({ search: 'accueil' }, OURS), [two, one])
      assert.deepEqual(await found({ search: 'SOMEONE@' }, THEIRS), [three])
      assert.deepEqual(await found({ search: 'poste-0' }, THEIRS), [three])
      assert.deepEqual(await found({ search: `#${two}` }), [two])
      assert.deepEqual(await found({ search: `N° ${two}` }), [two])
      assert.deepEqual(await found({ search: `n°${two} srv` }), [two])
      assert.deepEqual(await found({ search: `#${two} ws` }), [])
      assert.deepEqual(await found({ search: 'example org', state: 'rejected' }), [two])
      assert.deepEqual(await found({ search: 'ws', organisation: 'theirs' }, OURS), [])
      assert.ok((await found({ search: ` ${two} ` })).includes(two))
      assert.equal(await requests.countPending(PRODUCTION), 2)
      assert.equal(await requests.countPending(OURS, ['server', 'workstation']), 1)
      assert.equal(await requests.countPending(OURS, ['server']), 0)
      assert.equal(await requests.countPending(OURS, []), 0)
    })
  })

  test('are due when pending for too long, or when their certificate has ended', async () => {
    const work = await fresh()
    await work.transaction(async (stores) => {
      await stage(stores)
      const { requests, certificates } = stores
      const waiting = await requests.insert(request('ws-1', { submittedAt: day(-40) }))
      await requests.insert(request('ws-2', { submittedAt: day(-2) }))
      const made = async (name: string, state: 'installed' | 'approved' | 'revoked', notAfter: string | undefined) => {
        const number = await requests.insert(request(name, { state, certificate: `c-${name}` }))
        if (notAfter) await certificates.insert(certificate(`c-${name}`, { request: number, notAfter }))
        return number
      }
      const ended = await made('ws-3', 'installed', day(-1))
      await made('ws-4', 'installed', day(1))
      await made('ws-5', 'revoked', day(-1))
      await made('ws-6', 'approved', undefined)
      const alsoEnded = await made('ws-7', 'approved', day(-2))
      const due = async (limit: number) =>
        (await requests.due({ pendingBefore: day(-30), now: NOW, limit })).map(({ number }) => number)
      assert.deepEqual((await due(10)).sort(), [waiting, ended, alsoEnded].sort())
      assert.equal((await due(2)).length, 2)
    })
  })
})

/** As whoever may change the table as well. */
async function pastChecks(database: Database, sql: string): Promise<void> {
  if (database.kind === 'postgres') {
    await ask(database, 'ALTER TABLE request DROP CONSTRAINT IF EXISTS request_state_check')
    await ask(database, sql)
    return
  }
  const file = new DatabaseSync(database.file)
  file.exec(`PRAGMA ignore_check_constraints = ON; ${sql}`)
  file.close()
}
