import type { RawBuilder, Selectable, SelectQueryBuilder } from 'kysely'
import type { Certificate, CertificateEntry } from '../../core/certificates/certificate.ts'
import { inLetters, spokenFor } from '../../core/recipients/spoken-for.ts'
import type { Bound } from '../bound.ts'
import { serviceRefOf } from '../organisations/service-ref.ts'
import { present } from '../queries/optional.ts'
import { fold, searchable } from '../search/search.ts'
import type { CertificateRow, Tables } from '../tables.ts'
import { ownerOf, ownerRow } from './owner-columns.ts'

export const certificateRow = (certificate: Certificate): Omit<Selectable<CertificateRow>, 'number'> => ({
  id: certificate.id,
  environment: certificate.environment,
  organisation: certificate.organisation ?? null,
  service: certificate.service ?? null,
  profile: certificate.profile,
  authority: certificate.authority,
  serial: certificate.serial,
  common_name: certificate.commonName,
  subject: certificate.subject,
  subject_key: certificate.subjectKey,
  fingerprint: certificate.fingerprint,
  key_hash: certificate.key,
  not_before: certificate.notBefore,
  not_after: certificate.notAfter,
  issued_at: certificate.issuedAt,
  receives: certificate.receives ? 1 : 0,
  request: certificate.request ?? null,
  ...ownerRow(certificate.owner),
  revoked_at: certificate.revoked?.at ?? null,
  revocation_reason: certificate.revoked?.reason ?? null,
  compromised_at: certificate.revoked?.compromisedAt ?? null,
  search: searchable(certificate.commonName, certificate.subject, certificate.serial),
  ...receiverRow(certificate),
  der: certificate.der,
})

/** Of a person's certificate that receives: by what the directory finds it, and in which order. */
function receiverRow({ receives, owner, der }: Certificate): Pick<CertificateRow, 'receiver' | 'receiver_words'> {
  const holder = receives && owner.kind === 'person' ? spokenFor(der) : undefined
  if (holder === undefined) return { receiver: null, receiver_words: null }
  const { name, addresses } = holder
  return { receiver: fold(name), receiver_words: searchable(name, ...addresses, ...addresses.map(inLetters)) }
}

export function certificateOf(row: Selectable<CertificateRow>): Certificate {
  const certificate = {
    id: row.id,
    environment: row.environment,
    ...present({ organisation: row.organisation, service: row.service }),
    profile: row.profile,
    authority: row.authority,
    serial: row.serial,
    commonName: row.common_name,
    subject: row.subject,
    subjectKey: row.subject_key,
    der: row.der,
    fingerprint: row.fingerprint,
    key: row.key_hash,
    notBefore: row.not_before,
    notAfter: row.not_after,
    issuedAt: row.issued_at,
    receives: row.receives === 1,
    owner: ownerOf(row),
    ...present({ request: row.request }),
  }
  if (row.revoked_at === null) return certificate
  const compromised = present({ compromisedAt: row.compromised_at })
  return { ...certificate, revoked: { at: row.revoked_at, reason: row.revocation_reason!, ...compromised } }
}

interface Joined {
  readonly authority_name: string
  readonly organisation_code: string | null
  readonly organisation_name: string | null
  readonly service_name: string | null
}
export type CertificateEntryRow = Selectable<CertificateRow> & Joined
type EntryQuery = SelectQueryBuilder<
  Tables,
  'certificate' | 'authority' | 'organisation' | 'service',
  CertificateEntryRow
>

/**
 * Certificates with the names of their issuer and organisation.
 *
 * @param few where only some come into question, a query of their numbers as `row`
 */
export function certificateEntries(db: Bound, few?: RawBuilder<{ row: number }>): EntryQuery {
  return (few ? certificatesOf(db, few) : db.selectFrom('certificate'))
    .innerJoin('authority', 'authority.id', 'certificate.authority')
    .leftJoin('organisation', 'organisation.id', 'certificate.organisation')
    .leftJoin('service', 'service.id', 'certificate.service')
    .selectAll('certificate')
    .select('authority.name as authority_name')
    .select(['organisation.code as organisation_code', 'organisation.name as organisation_name'])
    .select('service.name as service_name')
}

/** SQLite begins a `cross join` where it is written to begin: it would rather walk all certificates in the order of the list. */
const certificatesOf = (
  db: Bound,
  few: RawBuilder<{ row: number }>,
): SelectQueryBuilder<Tables, 'certificate', object> =>
  db
    .selectFrom(few.as('few'))
    .crossJoin('certificate')
    .whereRef('certificate.number', '=', 'few.row') as SelectQueryBuilder<
    Tables & { few: { row: number } },
    'certificate',
    object
  >

export function certificateEntryOf(row: CertificateEntryRow): CertificateEntry {
  const certificate = certificateOf(row)
  const entry = { ...certificate, issuerRef: { id: row.authority, name: row.authority_name } }
  if (certificate.organisation === undefined) return entry
  const organisationRef = { id: certificate.organisation, code: row.organisation_code!, name: row.organisation_name! }
  return { ...entry, organisationRef, ...serviceRefOf(row) }
}
