import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type HeldKey, holderFor } from '../../core/keys/holder.ts'
import { applicantOwner, organisationOwner } from '../../core/owner.ts'
import { ask } from '../ask.ts'
import { eachDatabase } from '../each-database.ts'
import { openWork } from '../open-work.ts'
import { SAMPLE_CODES } from '../sample-codes.ts'
import { certificate, NOW, request, service, stage } from '../samples.ts'
import { keysOfServices } from './0040-keys-of-services.ts'
import { openBefore, putBack } from './old-database.ts'

const TABLES = [
  'organisation',
  'person',
  'kit',
  'service',
  'authority',
  'request',
  'certificate',
  'key_holder',
] as const
const [MAIL, WHOLE, ANN] = [organisationOwner('ours', 'mail'), organisationOwner('ours'), applicantOwner('ann')]
const held = (key: string, owner: HeldKey['holder']['owner']): HeldKey => ({
  ...{ environment: 'production', key },
  holder: holderFor(owner, { organisation: 'ours', subjectKey: 'ws-1' }),
})
const HELD = [held('mails', MAIL), held('ours', WHOLE), held('anns', ANN)]

eachDatabase('keys that were certified before they said a service', ({ where }) => {
  test('are the service’s that they were decided for, and stay so', async () => {
    const [now, then] = [await where(), await where()]
    const work = await openWork(now, SAMPLE_CODES)
    await work.transaction(async (stores) => {
      await stage(stores)
      await stores.services.insert(service('mail', 'ours'))
      await stores.services.insert(service('parcels', 'ours'))
      const origin = { kind: 'file', id: 'ada', name: 'Ada' } as const
      const decided = { key: 'mails', state: 'approved', certificate: 'signed' } as const
      const file = { owner: MAIL, service: 'mail', origin, ...decided }
      // A copy that was never approved says nothing.
      const copy = {
        ...file,
        owner: organisationOwner('ours', 'parcels'),
        service: 'parcels',
        state: 'rejected',
      } as const
      const { certificate: _, ...rejected } = copy
      await stores.requests.insert(request('ws-1', rejected))
      const number = await stores.requests.insert(request('ws-1', file))
      const others = [
        { key: 'ours', owner: WHOLE, origin },
        { key: 'anns', owner: ANN, service: 'mail' },
      ]
      for (const one of others)
        await stores.requests.insert(request('ws-2', { ...one, state: 'approved', certificate: one.key }))
      const of = { owner: MAIL, service: 'mail', key: 'mails', request: number }
      await stores.certificates.insert(certificate('signed', of))
      for (const one of HELD) await stores.keys.hold(one, NOW)
    })
    await work.close()
    await openBefore(then, keysOfServices)
    await putBack(now, then, TABLES)
    const upgraded = await openWork(then, SAMPLE_CODES)
    try {
      await upgraded.read(async ({ keys }) => {
        for (const one of HELD) assert.deepEqual(await keys.holdersOf(one.key), [one])
      })
    } finally {
      await upgraded.close()
    }
    await assert.rejects(ask(then, "UPDATE key_holder SET service = 'parcels'"), /append-only/)
    await assert.rejects(ask(then, 'DELETE FROM key_holder'), /append-only/)
  })
})
