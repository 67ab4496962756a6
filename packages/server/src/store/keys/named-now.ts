import type { Selectable } from 'kysely'
import { namedKinds } from '../../core/credential-kinds.ts'
import type { Bound } from '../bound.ts'
import { certificatesFor } from '../certificates/certificates-for.ts'
import type { CodedRows } from '../codes/coded-rows.ts'
import type { Inventory, Named } from '../codes/inventories.ts'
import type { InvitationRow, PersonGrantRow } from '../tables.ts'

/** What an inventory would name, by the rows that are there under their codes. */
export const namedNow = (db: Bound, coded: CodedRows, { kind, owner, environment }: Inventory): Promise<Named> =>
  kind === 'credentials' ? credentialsOf(db, coded, owner) : grantsOf(db, coded, environment, kind)

async function grantsOf(
  db: Bound,
  coded: CodedRows,
  environment: Inventory['environment'],
  kind: 'administrators' | 'former',
): Promise<Named> {
  const grants = db.selectFrom('person_grant').selectAll().where('role', '=', 'administrator')
  const rows = coded.allGenuine('person_grant', await grants.where('environment', '=', environment).execute())
  const named = rows.filter((row) => (kind === 'former' ? row.ended_at !== null : isListed(row)))
  return new Map(named.map(({ id }) => [id, '']))
}

async function credentialsOf(db: Bound, coded: CodedRows, person: string): Promise<Named> {
  const every = db.selectFrom('credential').selectAll().where('person', '=', person).where('kind', 'in', namedKinds())
  const rows = coded.allGenuine('credential', await every.execute())
  const open = rows.filter(({ ended_at }) => ended_at === null).map(({ id }) => [id, ''] as const)
  const byOthers = new Set(rows.filter(isOfOthersLink).map(({ id }) => id))
  const theirs = byOthers.size > 0 ? await certificatesFor(db, person, 0) : []
  const made = theirs.filter(({ certificate }) => byOthers.has(certificate))
  const decided = Math.max(0, ...made.map(({ request }) => request))
  const found = await db.selectFrom('person').selectAll().where('id', '=', person).executeTakeFirst()
  const came = rows.length > 0 || coded.genuine('person', found)?.state === 'active'
  const last = decided === 0 ? [] : [[LAST, lastNote(decided)] as const]
  const links = db.selectFrom('invitation').selectAll().where('person', '=', person).where('spent_at', 'is', null)
  const opening = coded.allGenuine('invitation', await links.execute()).map(linkLine)
  return new Map([...(came ? ([[person, '']] as const) : []), ...last, ...open, ...opening])
}

/** Whether an inventory of administrators names it. */
export const isListed = ({
  role,
  ended_at,
  asked_by_id,
  confirmed_at,
}: Pick<Selectable<PersonGrantRow>, 'role' | 'ended_at' | 'asked_by_id' | 'confirmed_at'>): boolean =>
  role === 'administrator' && ended_at === null && (asked_by_id === null || confirmed_at !== null)

/** Under which the inventory of a person names a link that opens, and whether it is one that adds: no id holds a space. */
export const linkLine = ({ id, adds }: Pick<Selectable<InvitationRow>, 'id' | 'adds'>): readonly [string, string] => [
  `${LINK}${id}`,
  adds === null ? '' : 'adds',
]
export const inventoryOfLink = ({
  person,
  environment,
}: Pick<Selectable<InvitationRow>, 'person' | 'environment'>): Inventory => ({
  kind: 'credentials',
  owner: person,
  environment,
})

export const isLinkName = (name: string): boolean => name.startsWith(LINK)
const LINK = 'link '

/** Under which the inventory of a person notes what was drawn last to take the place of all that they signed in with: no id is so short. */
export const LAST = 'last'

export const lastNote = (order: number, credential?: string): string =>
  [order, ...(credential ? [credential] : [])].join(' ')

export function lastIn(named: Named | undefined): { readonly order: number; readonly credential?: string } {
  const [order, credential] = (named?.get(LAST) ?? '').split(' ')
  return { order: Number(order), ...(credential === undefined ? {} : { credential }) }
}

const isOfOthersLink = ({ made_with }: { readonly made_with: string | null }): boolean => made_with === null
