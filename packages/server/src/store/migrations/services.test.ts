import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ForgedRow } from '../../core/row-codes.ts'
import { eachDatabase } from '../each-database.ts'
import { openWork } from '../open-work.ts'
import { SAMPLE_CODES } from '../sample-codes.ts'
import { certificate, grant, kit, NOW, PRODUCTION, person, request, service, stage } from '../samples.ts'
import { services } from './0034-services.ts'
import { openBefore, putBack } from './old-database.ts'

const TABLES = ['organisation', 'person', 'person_grant', 'kit', 'authority', 'request', 'certificate'] as const

eachDatabase('what was made before there were services', ({ where }) => {
  test('is of its organisation as a whole, under the codes that it had; and services can be made', async () => {
    const [now, then] = [await where(), await where()]
    const place = { kind: 'organisation', id: 'ours' } as const
    const work = await openWork(now, SAMPLE_CODES)
    await work.transaction(async (stores) => {
      await stage(stores)
      await stores.people.insert(person('mia', { organisation: 'ours' }))
      await stores.grants.insert(grant('hers', 'mia', { role: 'manager', place }))
      await stores.kits.insert(kit('old'))
      await stores.requests.insert(request('ws-1'))
      await stores.certificates.insert(certificate('old'))
    })
    await work.close()
    await openBefore(then, services)
    await putBack(now, then, TABLES)
    const forged: ForgedRow[] = []
    const upgraded = await openWork(then, SAMPLE_CODES, (row) => forged.push(row))
    try {
      await upgraded.transaction(async (stores) => {
        assert.deepEqual(await stores.kits.find(PRODUCTION, 'old'), kit('old'))
        assert.deepEqual((await stores.grants.of(PRODUCTION, 'mia'))[0]?.place, place)
        const { items } = await stores.requests.page(PRODUCTION, {})
        assert.ok(items.length > 0 && items.every((one) => one.service === undefined && one.serviceRef === undefined))
        assert.equal((await stores.certificates.find(PRODUCTION, 'old'))?.service, undefined)
        assert.deepEqual(await stores.services.of(PRODUCTION, 'ours'), [])
        await stores.services.insert(service('mail', 'ours'))
        await stores.kits.insert(kit('new', { service: 'mail' }))
        await stores.kits.withdraw(PRODUCTION, 'old', NOW) // sealed anew, as before
      })
      await upgraded.read(async ({ kits }) => {
        assert.equal((await kits.find(PRODUCTION, 'old'))?.withdrawnAt, NOW)
        assert.equal((await kits.find(PRODUCTION, 'new'))?.service, 'mail')
      })
      assert.deepEqual(forged, [])
    } finally {
      await upgraded.close()
    }
  })
})
