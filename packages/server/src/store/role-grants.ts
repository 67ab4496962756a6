import type { Stores } from '../core/work.ts'
import type { Bound } from './bound.ts'
import type { CodedRows } from './coded-rows.ts'

interface Open {
  readonly db: Bound
  readonly stores: Stores
}

/**
 * Makes a grant of each role that the row of a person from before grants still says, and takes it out of the row. A row is believed under its
 * code alone; the grant is called as the person, so that a row that is put back later makes none anew.
 *
 * @returns how many were made
 */
export async function grantRoles({ db, stores }: Open, coded: CodedRows): Promise<number> {
  const found = await db.selectFrom('person').selectAll().where('role', 'is not', null).orderBy('id').execute()
  let count = 0
  for (const row of coded.allGenuine('person', found)) {
    const { id, environment, organisation, role, created_at: from, invited_with: givenWith } = row
    const { row_code } = coded.sealed('person', { ...row, role: null })
    await db.updateTable('person').set({ role: null, row_code }).where('id', '=', id).execute()
    if (role === null || (await stores.grants.find({ environment }, id))) continue
    await stores.grants.insert({
      ...{ id, environment, person: id, role, from },
      place:
        role === 'manager' && organisation !== null
          ? { kind: 'organisation', id: organisation }
          : { kind: 'environment' },
      givenBy: { kind: 'desk', name: 'upgrade' },
      ...(givenWith === null ? {} : { givenWith }),
    })
    count++
  }
  return count
}
