import { type Selectable, sql } from 'kysely'
import { type HeldKey, type Holder, partyOf } from '../core/keys/holder.ts'
import type { KeyStore } from '../core/keys/key.port.ts'
import type { Bound } from './bound.ts'
import { prepared } from './prepared.ts'
import { anywhere } from './scope.ts'
import type { KeyHolderRow } from './tables.ts'

export const keyStore = (db: Bound): KeyStore => ({
  async holdersOf(key) {
    const { rows } = await holders(db, { key })
    const entered = rows.filter(({ certificate }) => certificate === null).map(heldOf)
    return [...entered, ...certifiedFor(rows)]
  },

  async revocationsOf(key) {
    const { rows } = await revocationsOfKey(db, { key })
    return rows.map(({ environment, reason, applicant, person }) => {
      const party = partyOf({ ...(applicant === null ? {} : { applicant }), ...(person === null ? {} : { person }) })
      return { environment, reason: reason!, party }
    })
  },

  async hold({ environment, key, holder }, since) {
    await insertHolder(db, { environment, key_hash: key, ...holderRow(holder), since })
  },
})

/**
 * Also certificates of a key that nobody was entered for: a desk that knows no such table, left running beside, made them. They say whose
 * the key is just as well, and nobody takes them away either.
 */
const holders = prepared((db, { key }: { readonly key: string }) =>
  db
    .selectFrom('key_holder')
    .select([...COLUMNS, 'kind', sql<number | null>`null`.as('certificate')])
    .where('key_hash', '=', key)
    .unionAll(
      db
        .selectFrom('certificate')
        .select([...COLUMNS, kindOfCertificate.as('kind'), 'number as certificate'])
        .where('key_hash', '=', key)
        .where(anywhere)
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('key_holder as entered')
                .select('entered.kind')
                .whereRef('entered.key_hash', '=', 'certificate.key_hash')
                .whereRef('entered.environment', '=', 'certificate.environment'),
            ),
          ),
        ),
    ),
)
const COLUMNS = ['environment', 'key_hash', 'organisation', 'subject_key', 'applicant', 'person'] as const

/** As `partyOf` of the core says it. */
const kindOfCertificate = sql<Holder['kind']>`case when person is not null then 'person'
  when applicant is not null then 'machine' else 'desk' end`

type FoundHolder = Omit<Selectable<KeyHolderRow>, 'since'> & { readonly certificate: number | null }

/** In each environment the desk before all others, then whom the key was certified for first. */
function certifiedFor(rows: readonly FoundHolder[]): HeldKey[] {
  const rank = ({ kind, certificate }: FoundHolder): number => (kind === 'desk' ? 0 : certificate!)
  const first = new Map<string, FoundHolder>()
  for (const row of rows) {
    const known = first.get(row.environment)
    if (row.certificate !== null && (!known || rank(row) < rank(known))) first.set(row.environment, row)
  }
  return [...first.values()].map(heldOf)
}

const revocationsOfKey = prepared((db, { key }: { readonly key: string }) =>
  db
    .selectFrom('certificate')
    .select(['environment', 'revocation_reason as reason', 'applicant', 'person'])
    .distinct()
    .where('key_hash', '=', key)
    .where('revoked_at', 'is not', null)
    .where(anywhere),
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

const heldOf = (row: Omit<FoundHolder, 'certificate'>): HeldKey => ({
  environment: row.environment,
  key: row.key_hash,
  holder: holderOf(row),
})

function holderOf({ kind, organisation, subject_key: subjectKey, applicant, person }: HolderColumns): Holder {
  if (kind === 'desk') return { kind }
  if (kind === 'person') return { kind, person: person! }
  return { kind, organisation: organisation!, subjectKey: subjectKey!, applicant: applicant! }
}
