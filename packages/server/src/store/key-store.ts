import type { Selectable } from 'kysely'
import type { HeldKey, Holder } from '../core/keys/holder.ts'
import type { KeyStore } from '../core/keys/key.port.ts'
import type { Bound } from './bound.ts'
import { prepared } from './prepared.ts'
import type { KeyHolderRow } from './tables.ts'

export const keyStore = (db: Bound): KeyStore => ({
  async holdersOf(key) {
    return (await holders(db, { key })).rows.map(heldOf)
  },

  async hold({ environment, key, holder }, since) {
    await insertHolder(db, { environment, key_hash: key, ...holderRow(holder), since })
  },
})

const holders = prepared((db, { key }: { readonly key: string }) =>
  db.selectFrom('key_holder').selectAll().where('key_hash', '=', key),
)
const insertHolder = prepared((db, row: Selectable<KeyHolderRow>) => db.insertInto('key_holder').values(row))

type HolderColumns = Pick<KeyHolderRow, 'kind' | 'organisation' | 'subject_key' | 'applicant' | 'person'>

/** The columns of a holder; those that its kind has no use for are null. */
export const holderRow = (holder: Holder): HolderColumns => ({
  kind: holder.kind,
  organisation: holder.kind === 'machine' ? holder.organisation : null,
  subject_key: holder.kind === 'machine' ? holder.subjectKey : null,
  applicant: holder.kind === 'machine' ? holder.applicant : null,
  person: holder.kind === 'person' ? holder.person : null,
})

const heldOf = (row: Selectable<KeyHolderRow>): HeldKey => ({
  environment: row.environment,
  key: row.key_hash,
  holder: holderOf(row),
})

function holderOf({ kind, organisation, subject_key: subjectKey, applicant, person }: HolderColumns): Holder {
  if (kind === 'desk') return { kind }
  if (kind === 'person') return { kind, person: person! }
  return { kind, organisation: organisation!, subjectKey: subjectKey!, applicant: applicant! }
}
