import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachDatabase } from '../each-database.ts'
import { openWork } from '../open-work.ts'
import { SAMPLE_CODES } from '../sample-codes.ts'
import { AT_OURS, kit, OURS, PRODUCTION, request, stage } from '../samples.ts'
import { profiles } from './0015-profiles.ts'
import { openBefore, putBack } from './old-database.ts'

const TABLES = ['organisation', 'kit', 'request', 'request_step', 'outbox'] as const

eachDatabase('profiles instead of enrolment types', ({ where }) => {
  test('kits and requests of before are there, under the codes that they have, and refer to one another', async () => {
    const now = await where()
    const work = await openWork(now, SAMPLE_CODES)
    const number = await work.transaction(async (stores) => {
      await stage(stores)
      await stores.kits.insert(kit('servers', { profile: 'server', usesMade: 1 }))
      const number = await stores.requests.insert(
        request('ws-1', { origin: { kind: 'kit', id: 'servers', name: 'Kit' } }),
      )
      const actor = { kind: 'person', name: 'Ada' } as const
      await stores.requests.addStep(OURS, number, { kind: 'submitted', at: request('').submittedAt, actor })
      await stores.outbox.append({
        ...AT_OURS,
        kind: 'kit',
        target: 'servers',
        profile: 'server',
        at: kit('').createdAt,
      })
      return number
    })
    await work.close()
    const old = await where()
    await openBefore(old, profiles)
    await putBack(now, old, TABLES, ({ profile, ...row }) =>
      profile === undefined ? row : { ...row, enrolment: profile },
    )

    const forged: unknown[] = []
    const migrated = await openWork(old, SAMPLE_CODES, (row) => forged.push(row))
    try {
      await migrated.transaction(async (stores) => {
        const found = await stores.kits.find(PRODUCTION, 'servers')
        assert.deepEqual(found, kit('servers', { profile: 'server', usesMade: 1 }))
        assert.equal((await stores.requests.find(PRODUCTION, number))?.profile, 'workstation')
        assert.equal((await stores.requests.steps(PRODUCTION, number)).length, 1)
        assert.equal((await stores.outbox.after(OURS, 0, { limit: 9 })).at(-1)?.profile, 'server')
        await stores.kits.insert(kit('robots', { profile: 'robot', standingApproval: true }))
        const asked = { profile: 'robot', origin: { kind: 'kit', id: 'robots', name: 'Kit' } } as const
        assert.ok((await stores.requests.insert(request('ws-2', asked))) > number, 'a number is never given twice')
      })
      await assert.rejects(
        migrated.transaction((stores) =>
          stores.requests.insert(request('ws-3', { origin: { kind: 'kit', id: 'none', name: '' } })),
        ),
      )
      assert.deepEqual(forged, [])
    } finally {
      await migrated.close()
    }
  })
})
