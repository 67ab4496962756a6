import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask } from '../ask.ts'
import { eachDatabase } from '../each-database.ts'
import { openWork } from '../open-work.ts'
import { SAMPLE_CODES } from '../sample-codes.ts'
import { certificate, NOW, PRODUCTION, request, stage } from '../samples.ts'
import { requestsOfAnybody } from './0029-requests-of-anybody.ts'
import { openBefore, putBack } from './old-database.ts'

const TABLES = ['organisation', 'kit', 'person', 'authority', 'request', 'request_step', 'certificate', 'name_in_force']

eachDatabase('requests of anybody', ({ where }) => {
  test('requests of before are as they were, with their steps, names and certificates, and others may be stored', async () => {
    const now = await where()
    const work = await openWork(now, SAMPLE_CODES)
    const number = await work.transaction(async (stores) => {
      await stage(stores)
      await stores.requests.insert(request('ws-0', { state: 'cancelled' }))
      const number = await stores.requests.insert(request('ws-1', { state: 'approved', certificate: 'c1' }))
      await stores.requests.addStep(PRODUCTION, number, {
        ...{ kind: 'submitted', at: NOW, actor: { kind: 'desk', name: 'desk' } },
      })
      await stores.certificates.insert(certificate('c1', { request: number }))
      return number
    })
    const before = await work.read((stores) => stores.requests.entry(PRODUCTION, number))
    await work.close()
    const old = await where()
    await openBefore(old, requestsOfAnybody)
    await putBack(now, old, TABLES)

    const migrated = await openWork(old, SAMPLE_CODES)
    try {
      await migrated.transaction(async ({ requests }) => {
        assert.deepEqual(await requests.entry(PRODUCTION, number), before)
        assert.equal((await requests.steps(PRODUCTION, number)).length, 1)
        const { organisation: _, machine: __, contact: ___, ...bare } = request('Desk')
        const origin = { kind: 'file', id: 'ada', name: 'Ada' } as const
        assert.equal(await requests.insert({ ...bare, origin, from: '' }), number + 1, 'numbers go on')
      })
      // What the table held together still is: a kit of another organisation is no kit of this one's.
      const stray = migrated.transaction(({ requests }) => requests.insert(request('ws-2', { organisation: 'theirs' })))
      await assert.rejects(stray)
    } finally {
      await migrated.close()
    }
    const [row] = await ask(old, 'SELECT count(*) AS many FROM request')
    assert.equal(Number(row?.many), 3)
  })
})
