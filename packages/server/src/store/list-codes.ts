import type { Authority } from '../core/authorities/authority.ts'
import type { Crl } from '../core/revocation/crl.ts'
import type { Stores } from '../core/work.ts'
import type { Bound } from './bound.ts'
import type { CodedRows } from './coded-rows.ts'
import { digestOf } from './list-digest.ts'

interface Open {
  readonly db: Bound
  readonly stores: Stores
}

interface Units {
  transaction<T>(run: (open: Open) => Promise<T>): Promise<T>
  read<T>(run: (open: Open) => Promise<T>): Promise<T>
}

/**
 * Gives codes to the lists from before lists had any. A list proves itself, so this may be asked for at every start: what nobody signed
 * stays without a code, and is not used.
 *
 * @param isSigned whether a list is one that the authority signed, with the number and the dates that are said of it
 * @returns how many were given one
 */
export async function codeLists(
  open: Units,
  coded: CodedRows,
  isSigned: (list: Crl, authority: Authority) => Promise<boolean>,
): Promise<number> {
  const uncoded = await open.read(({ db }) =>
    db.selectFrom('crl').select(['authority', 'number']).where('row_code', 'is', null).limit(MOST).execute(),
  )
  let count = 0
  for (const { authority: id, number } of uncoded) {
    const { row, authority } = await open.read(async ({ db, stores }) => {
      const rows = db.selectFrom('crl').selectAll().where('authority', '=', id).where('number', '=', number)
      return { row: await rows.executeTakeFirst(), authority: await stores.authorities.find(id) }
    })
    if (!row || !authority) continue
    const { der, this_update: thisUpdate, next_update: nextUpdate, entries } = row
    // How many revocations it covers nobody signed: as many as are on it, at least, and one that covers more is drawn up anew.
    const facts = { authority: id, number, thisUpdate, nextUpdate, entries, covers: Math.min(row.covers, entries) }
    if (!(await isSigned({ ...facts, der }, authority))) continue
    const dates = { this_update: thisUpdate, next_update: nextUpdate }
    const covered = { authority: id, number, digest: digestOf(der), ...dates, entries, covers: facts.covers }
    const { row_code, digest, covers } = coded.sealed('crl', covered)
    await open.transaction(async ({ db }) => {
      const update = db.updateTable('crl').set({ row_code, digest, covers }).where('authority', '=', id)
      await update.where('number', '=', number).where('row_code', 'is', null).execute()
    })
    count++
  }
  return count
}

/** More than the desk ever kept; whoever plants rows holds up no start. */
const MOST = 1_000
