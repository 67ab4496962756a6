import type {
  Choices,
  Contact,
  Environment,
  MachineFacts,
  OriginKind,
  ProfileName,
  RequestState,
  RequestStep,
  StoreType,
} from '@scel/contract/values'
import type { Owner } from '../owner.ts'
import type { OrganisationRef, ServiceRef } from '../scope.ts'
import type { Instant } from '../world.ts'
import type { Finding } from './finding.ts'

/**
 * What brought a request to the desk, by its kind, its id and what people call it: a kit, the person who handed in a file, a link
 * (by its hash, called after whoever decided that there be one), or the desk itself.
 */
export interface OriginRef {
  readonly kind: OriginKind
  readonly id: string
  readonly name: string
  /** Id of the person, where that is the name of one: whose it is, so that it can be erased. Each origin says it. */
  readonly of: string | undefined
}
export type { OriginKind }

/** A request for a certificate, as it was submitted and what became of it. */
export interface Request {
  readonly number: number
  readonly environment: Environment
  /** Absent where it is asked for somebody who belongs to none: an administrator, the desk. */
  readonly organisation?: string
  /** The one of its services that it is for, if it is for one. */
  readonly service?: string
  readonly profile: ProfileName
  /** Where the client puts the certificate; absent where the key lies on a machine that has none of ours. */
  readonly store?: StoreType
  readonly state: RequestState
  readonly commonName: string
  /** Normalised common name: with environment, organisation and profile it says what "the same subject" is. */
  readonly subjectKey: string
  /** The subject the certificate will have, DER. */
  readonly subject: Uint8Array
  /** Names the certificate will have beside its common name, each of the kind that its text says: see `names/asked-name.ts`. */
  readonly names: readonly string[]
  readonly csr: Uint8Array
  /** SHA-256 of the SPKI of the CSR, hex. */
  readonly key: string
  readonly origin: OriginRef
  /** Who asks, and whose the certificate will be. */
  readonly owner: Owner
  /** Absent where the certificate is for no machine. */
  readonly machine?: MachineFacts
  /** The person who asks, for themselves or with a file: of them contact and address speak. */
  readonly askedBy: string | undefined
  /** Absent where the desk itself asks. */
  readonly contact?: Contact
  /** Network address; empty where the desk itself asks. */
  readonly from: string
  readonly findings: readonly Finding[]
  /** What of the certificate was chosen where the profile offers several; absent where nothing was. */
  readonly choices?: Choices
  /** See `read-under.ts`. */
  readonly readUnder?: string
  readonly submittedAt: Instant
  readonly decidedAt?: Instant
  /** Who decided; the desk's name when a standing approval or the desk itself did. */
  readonly decidedBy?: string
  /** Id of the person, where it was one. */
  readonly decidedById?: string
  readonly downloadedAt?: Instant
  readonly downloadedBy?: string
  /** Id of the person, where it was one. */
  readonly downloadedById?: string
  /** Why it was rejected, cancelled or revoked. */
  readonly reason?: string
  /** Set with the approval, even before the certificate is signed. */
  readonly certificate?: string
  /** What of it somebody wrote over so that it does not read any more: the fields here hold nothing. Absent when all reads. */
  readonly unreadable?: readonly ('names' | 'machine' | 'contact' | 'findings' | 'choices')[]
}

export type NewRequest = Omit<Request, 'number' | 'unreadable'>

/** What may change after the submission. */
export type RequestChange = Partial<
  Pick<
    Request,
    | 'state'
    | 'decidedAt'
    | 'decidedBy'
    | 'decidedById'
    | 'downloadedAt'
    | 'downloadedBy'
    | 'downloadedById'
    | 'reason'
    | 'certificate'
  >
>

export interface Step extends RequestStep {
  /** Id of the person, where it was one. */
  readonly actorId?: string
}

export interface RequestEntry extends Request {
  readonly organisationRef?: OrganisationRef
  readonly serviceRef?: ServiceRef
  /** Only once it is signed and stored. */
  readonly certificateRef?: { readonly id: string; readonly serial: string; readonly notAfter: Instant }
  /** Other pending requests of the same subject; 0 unless this one is pending. */
  readonly conflicts: number
}
