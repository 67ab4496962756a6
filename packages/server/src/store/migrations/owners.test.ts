import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Certificate } from '../../core/certificates/certificate.ts'
import type { Intent } from '../../core/issuance/intent.ts'
import { type HeldKey, holderFor } from '../../core/keys/holder.ts'
import { applicantOwner, type Owner, personOwner, THE_DESK } from '../../core/owner.ts'
import { ask } from '../ask.ts'
import { codedRows } from '../coded-rows.ts'
import { eachDatabase } from '../each-database.ts'
import { openWork } from '../open-work.ts'
import { SAMPLE_CODES } from '../sample-codes.ts'
import { certificate, NOW, PRODUCTION, request, stage } from '../samples.ts'
import { owners } from './0019-owners.ts'
import { openBefore, putBack } from './old-database.ts'

const ANN = applicantOwner('ann')
const ADA = personOwner('ada')
const TABLES = [
  ...['organisation', 'kit', 'person', 'authority', 'request', 'certificate'],
  ...['key_holder', 'name_in_force', 'intent'],
]

const intent = (id: string, purpose: Intent['purpose']): Intent => ({
  ...{ id, environment: 'production', authority: 'machines', signerKey: 'key', certificate: `certificate of ${id}` },
  ...{ tbs: new Uint8Array([0x30, 0x80]), purpose, createdAt: NOW },
})
const INTENTS = [
  intent('a', { kind: 'certificate', owner: ANN, request: 7 }),
  intent('b', { kind: 'certificate', owner: ADA }),
  intent('c', { kind: 'certificate', owner: THE_DESK }),
  intent('d', { kind: 'authority', purpose: 'machines' }),
]
/** What an intent said before, by whose its certificate will be. */
const PURPOSES: Readonly<Record<string, unknown>> = {
  applicant: { kind: 'request', request: 7, applicant: 'ann' },
  person: { kind: 'person', person: 'ada' },
  desk: { kind: 'desk' },
}

const HELD: readonly HeldKey[] = [ANN, ADA, THE_DESK].map((owner) => ({
  environment: 'production',
  key: owner.id,
  holder: holderFor(owner, { organisation: 'ours', subjectKey: 'ws-1' }),
}))

function made(number: number): readonly Certificate[] {
  const { organisation: _, ...bare } = certificate('of the desk', { key: 'desk' })
  return [
    certificate('of ann', { owner: ANN, key: 'ann', request: number }),
    certificate('of ada', { owner: ADA, key: 'ada' }),
    bare,
  ]
}

/** A row in the columns of before. */
function asBefore(row: Readonly<Record<string, unknown>>, table: string): Readonly<Record<string, unknown>> {
  const { owner_kind: kind, owner_id: id, ...rest } = row
  if (table === 'intent') {
    const { owner } = JSON.parse(String(rest.purpose)) as { readonly owner?: Owner }
    const purpose = owner === undefined ? rest.purpose : JSON.stringify(PURPOSES[owner.kind])
    return codedRows(SAMPLE_CODES, () => {}).sealed('intent', { ...rest, purpose } as never)
  }
  if (kind === undefined) return rest
  const [applicant, person] = [kind === 'applicant' ? id : null, kind === 'person' ? id : null]
  return { ...rest, kind: kind === 'applicant' ? 'machine' : kind, applicant, person }
}

eachDatabase('owners instead of an applicant, a person or neither', ({ where }) => {
  test('whose each certificate, key, name and open intent of before is stays as it was, and cannot be changed', async () => {
    const now = await where()
    const work = await openWork(now, SAMPLE_CODES)
    const number = await work.transaction(async (stores) => {
      await stage(stores)
      const number = await stores.requests.insert(request('ws-1', { state: 'approved', certificate: 'of ann' }))
      for (const one of made(number)) {
        await stores.certificates.insert(one)
        await stores.names.certify(one, [{ kind: 'dns', name: `${one.key}.example.org` }])
      }
      const waiting = { ...PRODUCTION, organisation: 'ours', owner: ANN, number }
      await stores.names.claim(waiting, [{ kind: 'dns', name: 'waiting.example.org' }])
      for (const one of HELD) await stores.keys.hold(one, NOW)
      for (const one of INTENTS) await stores.intents.insert(one)
      return number
    })
    await work.close()
    const old = await where()
    await openBefore(old, owners)
    await putBack(now, old, TABLES, asBefore)
    // The database of then lets a revocation take place, and then nothing.
    const revoked =
      "UPDATE certificate SET revoked_at = 'then', revocation_reason = 'keyCompromise' WHERE id = 'of ada'"
    await ask(old, revoked)

    const forged: unknown[] = []
    const migrated = await openWork(old, SAMPLE_CODES, (row) => forged.push(row))
    try {
      await migrated.read(async ({ certificates, keys, intents, names }) => {
        for (const one of made(number)) {
          const { revoked, ...found } = (await certificates.find(PRODUCTION, one.id))!
          assert.deepEqual([found, revoked?.reason], [one, one.owner === ADA ? 'keyCompromise' : undefined])
        }
        for (const one of HELD) assert.deepEqual(await keys.holdersOf(one.key), [one])
        assert.deepEqual(await intents.open(), INTENTS)
        const ofOthers = async (owner: Owner) => {
          const asked = ['ann', 'ada', 'desk', 'waiting'].map((name) => `${name}.example.org`)
          const found = await names.heldByOthers({ ...PRODUCTION, organisation: 'ours', owner, names: asked, now: NOW })
          return found.map(({ name }) => name.split('.')[0])
        }
        // Those of the revoked one are in force no more.
        assert.deepEqual(await ofOthers(ANN), ['desk'])
        assert.deepEqual(await ofOthers(applicantOwner('bob')), ['ann', 'desk', 'waiting'])
      })
      assert.deepEqual(forged, [])
    } finally {
      await migrated.close()
    }
    const rows = await ask(old, 'SELECT name, owner_kind, owner_id FROM name_in_force ORDER BY number')
    assert.deepEqual(
      rows.map(({ name, owner_kind, owner_id }) => `${name} ${owner_kind} ${owner_id}`),
      [
        'ann.example.org applicant ann',
        'ada.example.org person ada',
        'desk.example.org desk desk',
        'waiting.example.org applicant ann',
      ],
    )
    for (const set of ["owner_kind = 'other'", "owner_id = 'bob'"]) {
      for (const id of ['of ann', 'of ada']) {
        await assert.rejects(ask(old, `UPDATE certificate SET ${set} WHERE id = '${id}'`), /stays as issued/)
      }
      await assert.rejects(ask(old, `UPDATE key_holder SET ${set}`), /append-only/)
    }
    await assert.rejects(ask(old, 'DELETE FROM key_holder'), /append-only/)
  })
})
