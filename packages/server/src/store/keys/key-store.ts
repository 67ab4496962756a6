import { type Selectable, sql } from 'kysely'
import { type HeldKey, type Holder, holderFor } from '../../core/keys/holder.ts'
import type { KeyStore } from '../../core/keys/key.port.ts'
import type { Bound } from '../bound.ts'
import { ownerOf, ownerRow } from '../certificates/owner-columns.ts'
import { prepared } from '../opening/prepared.ts'
import { present } from '../queries/optional.ts'
import { anywhere } from '../queries/scope.ts'
import type { KeyHolderRow } from '../tables.ts'

export const keyStore = (db: Bound): KeyStore => ({
  async holdersOf(key) {
    const { rows } = await holders(db, { key })
    const entered = rows.filter(({ certificate }) => certificate === null).map(heldOf)
    return [...entered, ...certifiedFor(rows)]
  },

  async revocationsOf(key) {
    const { rows } = await revocationsOfKey(db, { key })
    return rows.map(({ environment, reason, ...row }) => ({ environment, reason: reason!, owner: ownerOf(row) }))
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
    .select([...COLUMNS, sql<number | null>`null`.as('certificate')])
    .where('key_hash', '=', key)
    .unionAll(
      db
        .selectFrom('certificate')
        .select([...COLUMNS, 'number as certificate'])
        .where('key_hash', '=', key)
        .where(anywhere)
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('key_holder as entered')
                .select('entered.environment')
                .whereRef('entered.key_hash', '=', 'certificate.key_hash')
                .whereRef('entered.environment', '=', 'certificate.environment'),
            ),
          ),
        ),
    ),
)
const COLUMNS = [
  ...(['environment', 'key_hash', 'owner_kind', 'owner_id', 'organisation', 'service', 'subject_key'] as const),
] as const

type FoundHolder = Omit<Selectable<KeyHolderRow>, 'since'> & { readonly certificate: number | null }

/** In each environment the desk before all others, then whom the key was certified for first. */
function certifiedFor(rows: readonly FoundHolder[]): HeldKey[] {
  const rank = ({ owner_kind: kind, certificate }: FoundHolder): number => (kind === 'desk' ? 0 : certificate!)
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
    .select(['environment', 'revocation_reason as reason', 'owner_kind', 'owner_id', 'service'])
    .distinct()
    .where('key_hash', '=', key)
    .where('revoked_at', 'is not', null)
    .where(anywhere),
)

const insertHolder = prepared((db, row: Selectable<KeyHolderRow>) => db.insertInto('key_holder').values(row))

type HolderColumns = Pick<
  Selectable<KeyHolderRow>,
  'owner_kind' | 'owner_id' | 'organisation' | 'service' | 'subject_key'
>

/** The columns of a holder; those of the subject are null where there is none. */
const holderRow = ({ owner, subject }: Holder): HolderColumns => ({
  ...ownerRow(owner),
  organisation: subject?.organisation ?? null,
  service: owner.service ?? null,
  subject_key: subject?.subjectKey ?? null,
})

const heldOf = (row: Omit<FoundHolder, 'certificate'>): HeldKey => ({
  environment: row.environment,
  key: row.key_hash,
  holder: holderFor(ownerOf(row), {
    ...present({ organisation: row.organisation }),
    subjectKey: row.subject_key ?? '',
  }),
})
