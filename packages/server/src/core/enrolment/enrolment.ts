import type { DeskErrorCode, DeskErrorFacts } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import type { ApplicantActor, PersonActor } from '../actor.ts'
import type { Page, PageQuery } from '../paging.ts'
import type { Instant } from '../world.ts'
import type { Finding } from './finding.ts'

/** The registration authority: the applicant's side. */
export interface Applicants {
  newNonce(): Promise<{ nonce: string; desk: string }>
  /**
   * Checks the `scel-applicant` header of a call; the nonce is spent by the act that follows.
   * @throws DeskError applicant_signature_missing, applicant_signature_invalid, applicant_key_refused, applicant_nonce_unknown
   */
  check(call: ApplicantCallParts, header: string | undefined, from: string): Promise<ApplicantActor>
  submit(actor: ApplicantActor, input: Submission): Promise<Submitted>
  listOwn(actor: ApplicantActor): Promise<{ items: contract.RequestSummary[] }>
  getOwn(actor: ApplicantActor, number: number): Promise<contract.RequestSummary>
  cancelOwn(actor: ApplicantActor, number: number): Promise<contract.RequestSummary>
  fetchOwn(
    actor: ApplicantActor,
    number: number,
  ): Promise<{ request: contract.RequestSummary; certificate: string; chain: string[]; notAfter: Instant }>
  confirmOwn(
    actor: ApplicantActor,
    number: number,
    input: { how: 'installed' | 'downloaded'; serial: string },
  ): Promise<{ ok: true; request: contract.RequestSummary; superseded: string[] }>
}

/** The registration authority: the side of those who decide. */
export interface Requests {
  list(actor: PersonActor, query: RequestsQuery): Promise<Page<contract.RequestSummary> & { pending: number }>
  detail(actor: PersonActor, number: number): Promise<RequestView>
  approve(actor: PersonActor, number: number): Promise<RequestView>
  reject(actor: PersonActor, number: number, reason: string): Promise<RequestView>
  /** A job: ends what nobody decided and what outlived its certificate. Answers how many. */
  expireDue(): Promise<number>
}

export interface ApplicantCallParts {
  /** Number of the request in the path, when there is one. */
  readonly request?: number
  readonly method: string
  /** Path with its query, as sent. */
  readonly path: string
  /** As sent; empty when there was none. */
  readonly body: Uint8Array
}

export interface Submission {
  readonly kit: { readonly id: string; readonly secret: string; readonly rules: string }
  readonly csr: string
  readonly machine: contract.MachineFacts
  readonly contact: contract.Contact
}

export interface Submitted {
  readonly request: contract.RequestSummary
  readonly findings: readonly Finding[]
  readonly replaced: number[]
}

export interface RequestsQuery extends PageQuery {
  readonly search?: string
  readonly state?: contract.RequestState
  readonly enrolment?: contract.EnrolmentType
  readonly organisation?: string
  readonly since?: Instant
}

/** The contract's detail before its findings and its `why` are put into words. */
export type RequestView = Omit<contract.RequestDetail, 'findings' | 'may'> & {
  findings: readonly Finding[]
  may: { approve: boolean; reject: boolean; revoke: boolean; why?: Refusal }
}

/** Why the caller may not decide: a code with its facts, for the edge to put into words. */
export type Refusal = { [C in DeskErrorCode]: { readonly code: C; readonly facts: DeskErrorFacts[C] } }[DeskErrorCode]
