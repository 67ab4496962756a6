import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely'
import { isForSignIn } from '../../core/issuance/is-for-sign-in.ts'
import { normalName } from '../../core/names/normal-name.ts'
import { sizeOf } from '../../core/paging.ts'
import { type Grant, stands } from '../../core/people/grants/grant.ts'
import { withoutClosed } from '../../core/people/grants/without-closed.ts'
import type { OwnProfile } from '../../core/profiles/profiles.ts'
import type { RecipientQuery, RecipientReader } from '../../core/recipients/recipient.port.ts'
import { isWhole, partsOf, type Scope } from '../../core/scope.ts'
import type { Bound } from '../bound.ts'
import { certificateEntries, certificateEntryOf } from '../certificates/certificate-rows.ts'
import type { CodedRows } from '../codes/coded-rows.ts'
import { serviceStore } from '../organisations/service-store.ts'
import { grantStore } from '../people/grant-store.ts'
import { anyOf } from '../queries/any-of.ts'
import { keyed, pageOf, textKeys } from '../queries/paging.ts'
import { holds, typedWords } from '../search/search.ts'
import type { CertificateRow, PersonRow } from '../tables.ts'

export const recipientStore = (db: Bound, coded: CodedRows): RecipientReader => ({
  async page(scope, query) {
    const reached = async (people: readonly Selectable<PersonRow>[]): Promise<ReadonlySet<string>> => {
      const { within = [], services = [], own } = scope
      if (isWhole(scope)) return new Set(people.map(({ id }) => id))
      const isOwn = ({ id, organisation }: { id: string; organisation: string | null }) =>
        id === own || (organisation !== null && within.includes(organisation))
      const others = people.filter((one) => !isOwn(one)).map(({ id }) => id)
      const grants =
        others.length === 0 ? [] : await grantStore(db, coded).ofAll({ environment: scope.environment }, others)
      const managed = services.length === 0 ? [] : await organisationsOf(db, services)
      const isReached = ({ place }: Grant): boolean =>
        place.kind === 'environment' ||
        (place.kind === 'service'
          ? within.includes(place.organisation) || services.includes(place.id)
          : within.includes(place.id) || managed.includes(place.id))
      const open = await withoutClosed({ services: serviceStore(db, coded) }, grants)
      const granted = open.filter((one) => stands(one, query.now) && isReached(one))
      return new Set([...people.filter(isOwn).map(({ id }) => id), ...granted.map(({ person }) => person)])
    }
    const size = sizeOf(query)
    let rows = certificateEntries(db, query.email === undefined ? undefined : named(scope, query.email, query))
      .innerJoin('person', 'person.id', 'certificate.owner_id')
      .select(['person.id as person_id', 'certificate.receiver'])
      .where('certificate.environment', '=', scope.environment)
      .where('certificate.receiver', 'is not', null)
      .where('certificate.revoked_at', 'is', null)
      .where(isValidAt(query.now))
      .where(isOpenOrNone)
      .where('person.state', '=', 'active')
      .where(reachable(scope))
    if (query.organisation !== undefined) rows = rows.where('person.organisation', '=', query.organisation)
    // Who reaches nothing but their own finds none of the people of the desk either.
    const alone = partsOf(scope).granted ? undefined : scope.own
    for (const person of [query.person, alone]) {
      if (person === undefined) continue
      rows = rows.where('certificate.owner_id', '=', person).where(sql<SqlBool>`certificate.owner_kind = 'person'`)
    }
    if (query.search?.trim()) {
      rows = rows.where(holds(['certificate.receiver_words', 'organisation.search'], typedWords(query.search)))
    }
    if (query.after !== undefined) {
      rows = rows.where(keyed(['certificate.receiver', 'certificate.id'], '>', textKeys(query.after)))
    }
    const ordered = rows.orderBy('certificate.receiver').orderBy('certificate.id')
    const found = await ordered.limit(size + 1).execute()
    const people = await peopleOf(
      db,
      found.map((row) => row.person_id),
    )
    const genuine = await reached(coded.allGenuine('person', people))
    const credentials = await credentialsOf(
      db,
      found.map(({ id }) => id),
    )
    const ways = Map.groupBy(coded.allGenuine('credential', credentials), ({ certificate }) => certificate)
    const signsIn = (row: (typeof found)[number]): boolean | undefined =>
      ways.get(row.id)?.some(({ person, ended_at }) => person === row.person_id && ended_at === null)
    return pageOf(
      found,
      size,
      (row) => [row.receiver!, row.id],
      (row) => ({ person: row.person_id, certificate: certificateEntryOf(row) }),
      (rows) => rows.filter((row) => genuine.has(row.person_id) && (signsIn(row) ?? !isLostSignIn(row))),
    )
  },
})

/** The dates are put so that no index over them is walked: the one of the directory has them, in the order of its list. */
const isValidAt = (now: string): RawBuilder<SqlBool> =>
  sql<SqlBool>`certificate.not_before || '' <= ${now} and certificate.not_after || '' >= ${now}`

/** The numbers of the certificates in force that have an address. What they say themselves is looked at by whoever asks. */
const named = (
  { environment }: Scope,
  email: string,
  { now }: Pick<RecipientQuery, 'now'>,
): RawBuilder<{ row: number }> =>
  sql`(select distinct held.number as row from name_in_force join certificate as held on held.id = name_in_force.certificate
    where name_in_force.environment = ${environment} and name_in_force.name = ${normalName(email)}
      and name_in_force.kind = 'email' and name_in_force.ends >= ${now})`

/** One of the desk's own profile for signing in that is no credential is nobody's. */
const isLostSignIn = (certificate: Pick<Selectable<CertificateRow>, 'der' | 'profile'>): boolean =>
  certificate.profile === SIGN_IN && isForSignIn(certificate)

const SIGN_IN: OwnProfile = 'person'

const peopleOf = async (db: Bound, ids: readonly string[]) =>
  ids.length === 0 ? [] : db.selectFrom('person').selectAll().where('id', 'in', ids).execute()

const credentialsOf = async (db: Bound, certificates: readonly string[]) =>
  certificates.length === 0
    ? []
    : db.selectFrom('credential').selectAll().where('certificate', 'in', certificates).execute()

/** It only finds rows, each once: however many credentials somebody plants for a certificate, the desk's own says what counts. */
const isOpenOrNone = sql<SqlBool>`(exists (select 1 from credential where credential.certificate = certificate.id and credential.ended_at is null)
  or not exists (select 1 from credential where credential.certificate = certificate.id))`

const organisationsOf = async (db: Bound, services: readonly string[]): Promise<string[]> => {
  const rows = db.selectFrom('service').select('organisation').distinct().where(anyOf('id', services))
  return (await rows.execute()).map(({ organisation }) => organisation)
}

/**
 * Unlike people, whom only the environment knows: those of an organisation, those who manage it or one of its services, and the people of the desk,
 * who have a grant for all of the environment, are there for everybody of the organisation. For whoever is of a service alone there are those who manage
 * that service, or all of its organisation, and the people of the desk. Who has neither organisation nor grant is nobody's colleague, and is there for themselves. It only finds rows: what of the grants counts is read under their codes.
 */
function reachable(scope: Scope): RawBuilder<SqlBool> {
  const { environment, within = [], services = [], own } = scope
  if (isWhole(scope)) return sql<SqlBool>`person.environment = ${environment}`
  const managed =
    services.length === 0
      ? sql<SqlBool>`1 = 0`
      : sql<SqlBool>`person_grant.place_id in (select service.organisation from service where ${anyOf('service.id', services)})`
  const themselves = anyOf('person.id', own === undefined ? [] : [own])
  return sql<SqlBool>`person.environment = ${environment} and (${themselves} or ${anyOf('person.organisation', within)}
      or exists (select 1 from person_grant where person_grant.person = person.id and person_grant.ended_at is null
        and (person_grant.place_kind = 'environment' or ${anyOf('person_grant.place_id', [...within, ...services])} or ${anyOf('person_grant.place_organisation', within)} or ${managed})))`
}
