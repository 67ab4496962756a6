import type { CertificateStatus, ProfileName } from '@scel/contract/values'
import type { Certificate, CertificateEntry } from '../certificates/certificate.ts'
import type { Page, PageQuery } from '../paging.ts'
import type { Scope } from '../scope.ts'
import type { Instant } from '../world.ts'

export interface CertificateReader {
  find(scope: Scope, id: string): Promise<Certificate | undefined>
  /** Of those of these, by id, what says whether they are still good, without the bytes. */
  inBrief(scope: Scope, ids: readonly string[]): Promise<ReadonlyMap<string, BriefCertificate>>
  entry(scope: Scope, id: string): Promise<CertificateEntry | undefined>
  /** Without scope: issuer and serial name a certificate everywhere (OCSP, sign-in). Unique together. */
  findBySerial(authority: string, serial: string): Promise<Certificate | undefined>
  /** Every certificate of the subject in the scope, newest first, at most 200. */
  ofSubject(scope: Scope, profile: ProfileName, subjectKey: string): Promise<Certificate[]>
  /** Every certificate with this SPKI hash, newest first, at most 50. */
  ofKey(scope: Scope, key: string): Promise<Certificate[]>
  /**
   * The newest one of a profile issued by an authority (its OCSP responder, the desk's TLS certificate) of those valid at
   * `now`: one that was issued under a clock that was ahead has its time to come.
   */
  latestOf(authority: string, profile: ProfileName, now: Instant): Promise<Certificate | undefined>
  /** The same as `ofKey` in every environment, however many there are. */
  everyOfKey(key: string): Promise<Certificate[]>
  /** The keys of all that a person was ever issued: SHA-256 of the SPKI, hex. */
  keysOfPerson(scope: Scope, person: string): Promise<string[]>
  /** Those that were made out to a person and are not revoked. */
  goodOfPerson(scope: Scope, person: string): Promise<Certificate[]>
  /**
   * Of every environment, by when they end: later than `after`, and not after `until`; those that nobody revoked, and of whose subject the same
   * owner has none that ends later. At most `limit`, from the one after `last` on.
   */
  ending(filter: Ending): Promise<Certificate[]>
  /** Tells of a row that nobody can have written who had an authority sign it. */
  tellPlanted(certificate: Pick<Certificate, 'id' | 'environment'>): void
  /** How many an authority issued. */
  countOf(authority: string): Promise<number>
  /** Newest first (issuedAt, id); `search` looks into common name, subject, and the serial's beginning. */
  page(scope: Scope, query: CertificateQuery): Promise<Page<CertificateEntry>>
}

export interface BriefCertificate extends Pick<Certificate, 'id' | 'serial' | 'notAfter'> {
  readonly isRevoked: boolean
}

export interface CertificateStore extends CertificateReader {
  insert(certificate: Certificate): Promise<void>
}

export interface Ending {
  readonly after: Instant
  readonly until: Instant
  readonly limit: number
  readonly last?: Pick<Certificate, 'notAfter' | 'id'>
}

export interface CertificateQuery extends PageQuery {
  readonly search?: string
  /** As `certificateStatus` says it at `now`. */
  readonly status?: CertificateStatus
  readonly profiles?: readonly ProfileName[]
  /** And of what is one's own, where the scope has that. */
  readonly ownProfiles?: readonly ProfileName[]
  readonly organisation?: string
  readonly service?: string
  readonly now: Instant
}
