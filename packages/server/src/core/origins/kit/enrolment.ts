import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import { pemEncode } from '@scel/pki/bytes'
import type { ApplicantActor } from '../../actor.ts'
import { actOnce } from '../../applicants/applicant-proof.ts'
import { requireNoBlock, withoutBlocked } from '../../applicants/require-no-block.ts'
import { applicantOwner, isSameOwner } from '../../owner.ts'
import { readyCertificate } from '../../registration/ready-certificate.ts'
import { recordStep } from '../../registration/record-step.ts'
import type { RequestEntry } from '../../registration/request.ts'
import { requireStep } from '../../registration/request-state.ts'
import { summaryOf } from '../../registration/request-view.ts'
import type { Revocation } from '../../revocation/revocation.ts'
import type { Revoker } from '../../revocation/revoke.ts'
import { type Scope, scopeAt } from '../../scope.ts'
import { afterCommit } from '../../storage-faults.ts'
import type { Readers, Stores } from '../../work.ts'
import { type Instant, nowOf } from '../../world.ts'
import { createSubmit, type Submission, type SubmitNeeds, type Submitted } from './submit.ts'

/**
 * The registration authority: the applicant's side. One key may have asked in both environments: every act on what it asked
 * for names one, and the requests of the other do not exist for it. Whose key is blocked may cancel, and nothing else.
 */
export interface Enrolment {
  /** @throws DeskError applicant_nonce_*, kit_*, csr_*, choice_not_offered, subject_not_allowed, name_not_allowed */
  submit(actor: ApplicantActor, input: Submission): Promise<Submitted>
  /**
   * Newest first, at most 200; none of where the key is blocked.
   * @throws DeskError applicant_nonce_* as all that follow; applicant_blocked when it is blocked wherever it asked there
   */
  listOwn(actor: ApplicantActor, environment: contract.Environment): Promise<{ items: contract.RequestSummary[] }>
  /** @throws DeskError applicant_not_owner as all that follow; applicant_blocked as all but `cancelOwn` */
  getOwn(actor: ApplicantActor, environment: contract.Environment, number: number): Promise<contract.RequestSummary>
  /** @throws DeskError request_state_impossible */
  cancelOwn(actor: ApplicantActor, environment: contract.Environment, number: number): Promise<contract.RequestSummary>
  /** @throws DeskError certificate_not_ready */
  fetchOwn(actor: ApplicantActor, environment: contract.Environment, number: number): Promise<Fetched>
  /**
   * The certificate arrived. Said twice, it changes nothing. An installed one supersedes the applicant's earlier ones of
   * the same subject.
   * @throws DeskError certificate_not_ready, input_invalid, request_state_impossible
   */
  confirmOwn(
    actor: ApplicantActor,
    environment: contract.Environment,
    number: number,
    input: Confirmation,
  ): Promise<Confirmed>
}

export interface Fetched {
  readonly request: contract.RequestSummary
  /** PEM. */
  readonly certificate: string
  /** PEM, issuer first, root last. */
  readonly chain: string[]
  readonly notAfter: Instant
}

export interface Confirmation {
  readonly how: 'installed' | 'downloaded'
  /** Of the certificate that arrived, hex. */
  readonly serial: string
}

export interface Confirmed {
  readonly ok: true
  readonly request: contract.RequestSummary
  /** Serials of the certificates it superseded. */
  readonly superseded: string[]
}

interface Needs extends SubmitNeeds {
  readonly revocation: Pick<Revocation, 'tryPublish'>
  readonly revoker: Pick<Revoker, 'revokeWithin'>
}

export function createEnrolment(needs: Needs): Enrolment {
  const { work, world, nonces, directory, revocation, revoker, profiles } = needs
  const act = <T>(actor: ApplicantActor, scope: Scope, run: (stores: Stores) => Promise<T>): Promise<T> =>
    actOnce({ work, nonces }, actor, scope, notTheirs, run)

  return {
    submit: createSubmit(needs),
    listOwn: (actor, environment) =>
      actOnce(
        { work, nonces },
        actor,
        { environment },
        () => ({ items: [] }),
        async (stores) => {
          const entries = await stores.requests.entriesOfOwner({ environment }, applicantOwner(actor.thumbprint), MOST)
          return {
            items: (await withoutBlocked(stores, actor.thumbprint, entries)).map((entry) => summaryOf(entry, profiles)),
          }
        },
      ),
    getOwn: (actor, environment, number) =>
      act(actor, { environment }, async (stores) =>
        summaryOf(await ownInUse(stores, actor, { environment }, number), profiles),
      ),
    cancelOwn: (actor, environment, number) =>
      act(actor, { environment }, async (stores) => {
        const entry = await own(stores, actor, { environment }, number)
        requireStep(entry, 'cancelled')
        const change = { state: 'cancelled' } as const
        await recordStep(stores, actor, entry, { kind: 'cancelled', at: nowOf(world), change })
        return summaryOf(await own(stores, actor, { environment }, number), profiles)
      }),
    fetchOwn: async (actor, environment, number) => {
      const { entry, certificate } = await act(actor, { environment }, async (stores) => {
        const entry = await ownInUse(stores, actor, { environment }, number)
        const certificate = await readyCertificate(stores, entry)
        if (entry.downloadedAt !== undefined) return { entry, certificate }
        const at = nowOf(world)
        const change = { downloadedAt: at, ...(entry.contact && { downloadedBy: entry.contact.email }) }
        await recordStep(stores, actor, entry, { kind: 'fetched', at, change })
        return { entry: await own(stores, actor, { environment }, number), certificate }
      })
      const chain = await afterCommit(() => directory.chainOf(certificate.authority))
      return {
        request: summaryOf(entry, profiles),
        certificate: pemEncode('CERTIFICATE', certificate.der),
        chain: chain.map((one) => pemEncode('CERTIFICATE', one.certificate)),
        notAfter: certificate.notAfter,
      }
    },
    confirmOwn: async (actor, environment, number, { how, serial }) => {
      const { superseded, authorities, entry } = await act(actor, { environment }, async (stores) => {
        const entry = await ownInUse(stores, actor, { environment }, number)
        const certificate = await readyCertificate(stores, entry)
        if (certificate.serial !== serial) {
          refuse('input_invalid', { where: 'serial', what: 'another_serial' })
        }
        if (entry.state === how) return { superseded: [], authorities: [], entry }
        requireStep(entry, how)
        const at = nowOf(world)
        await recordStep(stores, actor, entry, { kind: how, at, change: { state: how } })
        const earlier = how === 'installed' ? await earlierOf(stores, entry, certificate.id, at) : []
        for (const one of earlier) await revoker.revokeWithin(stores, actor, one, at, 'superseded')
        return {
          superseded: earlier.map((one) => one.serial),
          authorities: [...new Set(earlier.map((one) => one.authority))],
          entry: await own(stores, actor, { environment }, number),
        }
      })
      for (const authority of authorities) await revocation.tryPublish(authority)
      return { ok: true, request: summaryOf(entry, profiles), superseded }
    },
  }
}

/** Another applicant's request and one that never was look alike. */
async function own(stores: Readers, actor: ApplicantActor, scope: Scope, number: number): Promise<RequestEntry> {
  return (await stores.requests.entryOfOwner(scope, applicantOwner(actor.thumbprint), number)) ?? notTheirs()
}

/** The same for all that a key may not do where it is blocked. @throws DeskError applicant_blocked */
async function ownInUse(stores: Readers, actor: ApplicantActor, scope: Scope, number: number): Promise<RequestEntry> {
  const entry = await own(stores, actor, scope, number)
  requireNoBlock(await stores.blocks.against(entry, actor.thumbprint))
  return entry
}

const notTheirs = (): never => refuse('applicant_not_owner', {})

/** Certificates of the same subject that this applicant got before this one and that still count. */
async function earlierOf(stores: Readers, entry: RequestEntry, current: string, now: Instant) {
  const all = await stores.certificates.ofSubject(scopeAt(entry), entry.profile, entry.subjectKey)
  return all.filter(
    (one) =>
      one.id !== current &&
      isSameOwner(one.owner, entry.owner) &&
      one.request !== undefined &&
      one.request < entry.number &&
      !one.revoked &&
      one.notAfter >= now,
  )
}

const MOST = 200
