import { digestOf } from '../list-digest.ts'
import { type Migration, ownNames, type Words, wordsOf } from './migration.ts'

/**
 * Lists of revoked certificates are used under a code of the desk (see `coded-columns.ts`), which says their octets by a digest, and are
 * not written again. Those from before get their codes where their authority signed what the row says (see `list-codes.ts`).
 */
export const listCodes: Migration = {
  name: 'list codes',
  statements: (engine) => {
    const words = wordsOf(engine)
    return [
      // No desk counts so far, and none could read such a number.
      `DELETE FROM crl WHERE NOT (${counted('')})`,
      `ALTER TABLE crl ADD COLUMN digest ${words.text} NOT NULL DEFAULT ''`,
      `ALTER TABLE crl ADD COLUMN row_code ${words.text}`,
      ...listsStay(words),
    ]
  },
  fill: async (_, db) => {
    const lists = await db.selectFrom('crl').select(['authority', 'number']).execute()
    // One after the other: each may be megabytes.
    for (const { authority, number } of lists) {
      const rows = db.selectFrom('crl').select('der').where('authority', '=', authority).where('number', '=', number)
      const digest = digestOf((await rows.executeTakeFirstOrThrow()).der)
      const update = db.updateTable('crl').set({ digest }).where('authority', '=', authority)
      await update.where('number', '=', number).execute()
    }
  },
}

/** Whole numbers that a program reads without rounding. */
const counted = (row: string): string =>
  [`${row}number BETWEEN 1`, `${row}entries BETWEEN 0`, `${row}covers BETWEEN 0`]
    .map((from) => `${from} AND ${Number.MAX_SAFE_INTEGER}`)
    .join(' AND ')

/** The desk takes away lists that are long outdated, and writes none again once it has its code. */
function listsStay({ engine }: Words): readonly string[] {
  const says = 'crl is append-only'
  if (engine === 'sqlite') {
    const refused = (name: string, act: string, when: string): string =>
      `CREATE TRIGGER crl_${name} BEFORE ${act} ON crl FOR EACH ROW WHEN ${when} BEGIN SELECT RAISE(ABORT, '${says}'); END`
    return [
      refused('stays', 'UPDATE', `OLD.row_code IS NOT NULL OR NOT (${counted('NEW.')})`),
      refused('begins', 'INSERT', `NOT (${counted('NEW.')})`),
      // `OR REPLACE` takes rows away without asking the guards of deletion.
      refused(
        ...(['is_not_replaced', 'INSERT'] as const),
        `EXISTS (SELECT 1 FROM crl WHERE authority = NEW.authority AND number = NEW.number)
          OR (NEW.rowid > 0 AND EXISTS (SELECT 1 FROM crl WHERE rowid = NEW.rowid))`,
      ),
    ]
  }
  return [
    `ALTER TABLE crl ADD CONSTRAINT crl_counted CHECK (${counted('')})`,
    `CREATE FUNCTION crl_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '${says}'; END $$`,
    'CREATE TRIGGER crl_stays BEFORE UPDATE ON crl FOR EACH ROW WHEN (OLD.row_code IS NOT NULL) EXECUTE FUNCTION crl_stays()',
    'CREATE TRIGGER crl_is_not_emptied BEFORE TRUNCATE ON crl FOR EACH STATEMENT EXECUTE FUNCTION crl_stays()',
    ownNames,
  ]
}
