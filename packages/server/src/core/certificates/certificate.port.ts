import type { CertificateStatus, Environment, ProfileName, RevocationReason } from '@scel/contract/values'
import type { Party } from '../keys/holder.ts'
import type { Page, PageQuery } from '../paging.ts'
import type { Scope } from '../scope.ts'
import type { Instant } from '../world.ts'
import type { Certificate, CertificateEntry } from './certificate.ts'

export interface CertificateStore {
  insert(certificate: Certificate): Promise<void>
  find(scope: Scope, id: string): Promise<Certificate | undefined>
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
  /** The same in every environment, however many there are. */
  everyOfKey(key: string): Promise<Certificate[]>
  /** Where, why and whose certificates of this SPKI hash were revoked, each once, in whatever environment. */
  revocationsOfKey(key: string): Promise<{ environment: Environment; reason: RevocationReason; party: Party }[]>
  /**
   * Revoked for a compromise of their key, in whatever environment, though another certificate of the key that whoever has this one has
   * too, and that is not past its end at `now`, is not. What others have of the key does not follow, however often it is asked.
   */
  compromisedWithOthers(now: Instant): Promise<Certificate[]>
  /** The first revocation is kept. */
  revoke(scope: Scope, id: string, at: Instant, reason: RevocationReason): Promise<void>
  /**
   * Makes the reason of a revocation the compromise of its key, and remembers when; its date stays. Once, and of nothing
   * that is not revoked.
   */
  compromise(scope: Scope, id: string, at: Instant): Promise<void>
  /** Revoked certificates of an authority not expired before `now`, by revocation time, for its CRL. */
  revokedOf(authority: string, now: Instant): Promise<{ serial: string; at: Instant; reason: RevocationReason }[]>
  /** How often an authority's certificates were revoked, or the reason became another: tells whether a CRL covers all. */
  countRevoked(authority: string): Promise<number>
  /** How many an authority issued. */
  countOf(authority: string): Promise<number>
  /** Newest first (issuedAt, id); `search` looks into common name, subject, and the serial's beginning. */
  page(scope: Scope, query: CertificateQuery): Promise<Page<CertificateEntry>>
}

export interface CertificateQuery extends PageQuery {
  readonly search?: string
  /** As `certificateStatus` says it at `now`. */
  readonly status?: CertificateStatus
  readonly profiles?: readonly ProfileName[]
  readonly organisation?: string
  readonly now: Instant
}
