import type { Selectable } from 'kysely'
import type { IntentStore } from '../../core/issuance/intent.port.ts'
import type { Intent } from '../../core/issuance/intent.ts'
import type { Bound } from '../bound.ts'
import type { CodedRows } from '../codes/coded-rows.ts'
import { prepared } from '../opening/prepared.ts'
import { nextNumber } from '../queries/next-number.ts'
import { present } from '../queries/optional.ts'
import type { IntentRow } from '../tables.ts'

export const intentStore = (db: Bound, coded: CodedRows): IntentStore => ({
  async insert({ id, environment, organisation, service, authority, signerKey, certificate, profile, ...rest }) {
    const { tbs, purpose, subjectKeyId, createdAt } = rest
    const values = {
      id,
      environment,
      organisation: organisation ?? null,
      service: service ?? null,
      authority,
      signer_key: signerKey,
      certificate,
      profile: profile ?? null,
      tbs,
      purpose: JSON.stringify(purpose),
      subject_key_id: subjectKeyId ?? null,
      created_at: createdAt,
    }
    await insertIntent(db, coded.sealed('intent', values))
  },

  async find(id) {
    const found = await db.selectFrom('intent').selectAll().where('id', '=', id).executeTakeFirst()
    const row = coded.genuine('intent', found)
    return row && intentOf(row)
  },

  async open() {
    const found = await db.selectFrom('intent').selectAll().orderBy('number').execute()
    return coded.allGenuine('intent', found).map(intentOf)
  },

  async close(id) {
    return (await deleteIntent(db, { id })).numAffectedRows === 1n
  },
})

const insertIntent = prepared((db, row: Omit<Selectable<IntentRow>, 'number'>) =>
  db.insertInto('intent').values({ ...row, number: nextNumber(db, 'intent') }),
)
const deleteIntent = prepared((db, { id }: { readonly id: string }) => db.deleteFrom('intent').where('id', '=', id))

const intentOf = (row: Selectable<IntentRow>): Intent => ({
  id: row.id,
  environment: row.environment,
  ...present({ organisation: row.organisation, service: row.service }),
  authority: row.authority,
  signerKey: row.signer_key,
  certificate: row.certificate,
  ...present({ profile: row.profile }),
  tbs: row.tbs,
  purpose: JSON.parse(row.purpose) as Intent['purpose'],
  ...present({ subjectKeyId: row.subject_key_id }),
  createdAt: row.created_at,
})
