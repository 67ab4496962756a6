import { mailAddressKey } from '@scel/pki/x509'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Thing } from '../../core/log/paths-of.ts'
import type { ErasureStore, Named } from '../../core/people/erasure/erasure.port.ts'
import type { Bound } from '../bound.ts'
import { CODED, type CodedTable } from '../codes/coded-columns.ts'
import type { CodedRows, Covered } from '../codes/coded-rows.ts'
import { contactColumn, machineColumn } from '../queries/json-columns.ts'
import { present } from '../queries/optional.ts'
import { inScope } from '../queries/scope.ts'
import { searchOf } from '../requests/request-rows.ts'
import { enterWords, forgetWords } from '../search/search-words.ts'
import { EMPTIED, NAMING, type NamingTable, SAID } from './columns.ts'

/** A row of any of the tables, as the database gives it. */
type Row = Readonly<Record<string, unknown>>
type Change = Readonly<Record<string, string | null>>

export const erasureStore = (db: Bound, coded: CodedRows): ErasureStore => ({
  async thingsOf(scope, person) {
    const certificates = db.selectFrom('certificate').select('id').where(owned('certificate', person))
    const requests = db.selectFrom('request').select('number as id').where(owned('request', person))
    const credentials = db.selectFrom('credential').selectAll().where('person', '=', person)
    const credentialRows = await credentials.where(inScope('credential', scope)).execute()
    const held: Readonly<Record<Thing['kind'], readonly { readonly id: string | number }[]>> = {
      certificate: await certificates.where(inScope('certificate', scope)).execute(),
      request: await requests.where(inScope('request', scope)).execute(),
      credential: credentialRows.filter((row) => coded.genuine('credential', row)),
    }
    return Object.entries(held).flatMap(([kind, rows]) =>
      rows.map(({ id }) => ({ kind: kind as Thing['kind'], id: String(id) })),
    )
  },

  async waitingOf(scope, { id, mailboxes }) {
    const waiting = db
      .selectFrom('request')
      .select(['number', 'asked_by', 'contact'])
      .where(sql<SqlBool>`state = 'pending'`)
    const theirs = waiting.where(sql<SqlBool>`(asked_by = ${id} or ${hasContact})`).where(inScope('request', scope))
    const found = await theirs.orderBy('number').execute()
    return found.find((row) => row.asked_by === id || isContact(row.contact, mailboxes))?.number
  },

  async empty(of, limit, from) {
    const table = (from?.table as NamingTable | undefined) ?? TABLES[0]!
    const found = await rowsNaming(db, table, of, limit, from?.after)
    let rows = 0
    for (const row of found) if (await emptyOne(db, coded, table, row, of)) rows++
    const last = found.at(-1)?.[NAMING[table]] as string | number | undefined
    if (found.length === limit && last !== undefined) return { rows, next: { table, after: last } }
    const following = TABLES[TABLES.indexOf(table) + 1]
    return { rows, ...(following && { next: { table: following } }) }
  },
})

const TABLES = Object.keys(NAMING) as NamingTable[]

const owned = (table: 'certificate' | 'request', person: string): RawBuilder<SqlBool> =>
  sql`${sql.ref(`${table}.owner_id`)} = ${person} and ${sql.ref(`${table}.owner_kind`)} = 'person'`

/** What of a table is to be emptied for whom: the column with the id, those to empty, and in which rows alone. */
interface Copies {
  readonly id: string
  readonly columns: readonly string[]
  readonly where?: readonly [string, string]
}
const copiesIn = (table: NamingTable): Copies[] => {
  const { of = {}, typed = {} } = SAID[table] as {
    of?: Record<string, readonly string[]>
    typed?: Record<string, Omit<Copies, 'id'>>
  }
  return [
    ...Object.entries(of).map(([id, columns]) => ({ id, columns })),
    ...Object.entries(typed).map(([id, one]) => ({ id, ...one })),
  ]
}

const emptied = (table: NamingTable, column: string): string | null => {
  const said = EMPTIED[table] as Readonly<Record<string, string | null>> | undefined
  return said !== undefined && column in said ? said[column]! : ''
}

/** In the order of their keys, those that still say something, or whose contact may be the one that is meant. */
async function rowsNaming(
  db: Bound,
  table: NamingTable,
  of: Named,
  limit: number,
  after?: string | number,
): Promise<Row[]> {
  const key = sql.ref(NAMING[table])
  const still = copiesIn(table).map(({ id, columns, where }) => {
    const left = columns.map((column) => {
      const [ref, empty] = [sql.ref(column), emptied(table, column)]
      return empty === null ? sql`${ref} is not null` : sql`${ref} <> ${empty}`
    })
    const only = where ? sql` and ${sql.ref(where[0])} = ${where[1]}` : sql``
    return sql`(${sql.ref(id)} = ${of.id}${only} and (${sql.join(left, sql` or `)}))`
  })
  if (table === 'request' && of.mailboxes.length > 0) still.push(sql`(${hasContact} and contact <> ${NO_CONTACT})`)
  const theirs = table === 'request_step' ? sql`1 = 1` : sql`environment = ${of.environment}`
  const beyond = after === undefined ? sql`1 = 1` : sql`${key} > ${after}`
  const { rows } = await sql<Row>`select * from ${sql.table(table)} where ${theirs} and ${beyond}
    and (${sql.join(still, sql` or `)}) order by ${key} limit ${sql.lit(limit)}`.execute(db)
  return rows
}

/** Of a machine's request, which names by no id whom to reach. Whose address that is, is compared as mailboxes are, and not by the database. */
const hasContact = sql<SqlBool>`asked_by is null and contact is not null`
const NO_CONTACT = emptied('request', 'contact')

const isContact = (contact: unknown, mailboxes: readonly string[]): boolean => {
  const said = contactColumn(contact)?.email
  if (said === undefined || said === '') return false
  return mailboxes.some((one) => mailAddressKey(one) === mailAddressKey(said))
}

/** @returns whether there was something */
async function emptyOne(db: Bound, coded: CodedRows, table: NamingTable, row: Row, of: Named): Promise<boolean> {
  const change: Record<string, string | null> = {}
  for (const { id, columns, where } of copiesIn(table)) {
    if (row[id] !== of.id || (where && row[where[0]] !== where[1])) continue
    for (const column of columns) if (row[column] !== null) change[column] = emptied(table, column)
  }
  if (table === 'request') Object.assign(change, contactOf(row, of))
  if (Object.entries(change).every(([column, empty]) => row[column] === empty)) return false
  const found = table === 'request' ? await refound(db, row, change) : {}
  const key = sql.ref(NAMING[table])
  const values = { ...change, ...found, ...codeOf(coded, table, row, change) }
  const set = Object.entries(values).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
  await sql`update ${sql.table(table)} set ${sql.join(set)} where ${key} = ${row[NAMING[table]]}`.execute(db)
  return true
}

/** Of a machine's request, which says nobody by an id: the contact, where its address is theirs; and who fetched, which was said from it. */
function contactOf({ asked_by, contact, downloaded_by }: Row, { mailboxes }: Named): Change {
  if (asked_by !== null || contact === null || !isContact(contact, mailboxes)) return {}
  const said = contactColumn(contact)?.email
  return { contact: emptied('request', 'contact'), ...(downloaded_by === said && { downloaded_by: '' }) }
}

/** A request is found by what is left of it. */
async function refound(db: Bound, row: Row, change: Change): Promise<Change> {
  const {
    number,
    environment,
    common_name,
    machine,
    contact,
    search: before,
  } = { ...row, ...change } as Readonly<Record<string, string>>
  const kept = { machine: machineColumn(machine), contact: contactColumn(contact) }
  const search = searchOf({ commonName: common_name ?? '', ...present(kept) })
  const words = [db, 'request', environment as Named['environment'], Number(number)] as const
  await forgetWords(...words, `${before} ${number}`)
  await enterWords(...words, `${search} ${number}`)
  return { search }
}

/** A row that somebody else wrote stays one: it gets no code by being emptied. */
function codeOf(coded: CodedRows, table: NamingTable, row: Row, change: Change): Change {
  if (!(table in CODED)) return {}
  const name = table as CodedTable
  const genuine = coded.genuine(name, row as Covered<typeof name>)
  return genuine ? { row_code: coded.sealed(name, { ...genuine, ...change }).row_code } : {}
}
