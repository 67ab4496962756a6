import {
  type ApplicantProof,
  applicantSignedBytes,
  applicantThumbprint,
  parseApplicantHeader,
} from '@scel/contract/applicant'
import { refuse } from '@scel/contract/errors'
import { signatureByName } from '@scel/pki/algorithms'
import { verify } from '@scel/pki/crypto'
import { isPkiError } from '@scel/pki/errors'
import { publicKeyInfo } from '@scel/pki/x509'
import type { ApplicantActor } from '../actor.ts'
import { refusalCode } from '../audit/refusals.ts'
import { applicantOwner } from '../owner.ts'
import type { Scope } from '../scope.ts'
import type { Stores, Work } from '../work.ts'
import type { Nonces } from './nonces.ts'

/** A call as it arrived. */
export interface ApplicantCallParts {
  /** Number of the request in the path, when there is one. */
  readonly request?: number
  readonly method: string
  /** Path with its query, as sent. */
  readonly path: string
  /** As sent; empty when there was none. */
  readonly body: Uint8Array
}

interface Needs {
  readonly nonces: Nonces
  readonly deskId: () => Promise<string>
}

/**
 * Checks the header of a call against the call. The nonce is good but not spent yet: the act spends it.
 * @throws DeskError applicant_signature_missing, applicant_signature_invalid, applicant_key_refused,
 *   applicant_nonce_unknown
 */
export async function checkApplicant(
  { nonces, deskId }: Needs,
  call: ApplicantCallParts,
  header: string | undefined,
  from: string,
): Promise<ApplicantActor> {
  if (header === undefined) return refuse('applicant_signature_missing', {})
  const proof = parseApplicantHeader(header) ?? refuse('applicant_signature_invalid', {})
  requireP256(proof.key)
  // The MAC of the nonce costs less than the signature, so garbage is turned away first.
  await nonces.check(proof.nonce)
  const signed = await applicantSignedBytes({ ...call, desk: await deskId(), nonce: proof.nonce })
  if (!(await signatureHolds(proof, signed))) refuse('applicant_signature_invalid', {})
  return { kind: 'applicant', thumbprint: await applicantThumbprint(proof.key), nonce: proof.nonce, from }
}

/** The unit of an act, with the spending of the nonce in it. */
export type Unit = <T>(act: (stores: Stores) => Promise<T>) => Promise<T>

interface Spending {
  readonly work: Work
  readonly nonces: Nonces
}

/**
 * Runs an applicant's act: what has to be looked at before, in no unit, then the unit itself. Whether it is done or
 * refused, and wherever it was refused, the nonce is spent afterwards, so that no call counts twice, not even one that
 * would succeed later: whoever sends it again is told that, and nothing of the refusal happens again.
 * @param refused joins the unit that spends the nonce of a refused call
 * @throws DeskError applicant_nonce_spent, applicant_nonce_unknown, and those of the act
 */
export async function actOnceIn<T>(
  { work, nonces }: Spending,
  { nonce }: ApplicantActor,
  run: (unit: Unit) => Promise<T>,
  refused: (stores: Stores, code: string) => Promise<void> = async () => {},
): Promise<T> {
  const end = await nonces.check(nonce)
  const spend = async (stores: Stores): Promise<void> => {
    if (!(await stores.nonces.spend(nonce, end))) refuse('applicant_nonce_spent', {})
  }
  const unit: Unit = (act) =>
    work.transaction(async (stores) => {
      await spend(stores)
      return act(stores)
    })
  // Asked before anything that costs, and asked again by the unit.
  if (await work.read((stores) => stores.nonces.isSpent(nonce))) refuse('applicant_nonce_spent', {})
  try {
    return await run(unit)
  } catch (error) {
    const code = refusalCode(error)
    if (code === undefined || code === 'applicant_nonce_spent') throw error
    await work.transaction(async (stores) => {
      await spend(stores)
      await refused(stores, code)
    })
    throw error
  }
}

/**
 * The same for an act about the applicant's own requests of one environment. A key that has none there is a stranger's: it is refused, or
 * shown nothing, before anything is written, its nonce included.
 * @param nothing what a stranger is answered
 * @throws DeskError those of `actOnceIn`, and of `nothing`
 */
export async function actOnce<T>(
  { work, nonces }: Spending,
  actor: ApplicantActor,
  scope: Scope,
  nothing: () => T,
  act: (stores: Stores) => Promise<T>,
): Promise<T> {
  if (!(await work.read((stores) => stores.requests.knowsOwner(scope, applicantOwner(actor.thumbprint)))))
    return nothing()
  return actOnceIn({ work, nonces }, actor, (unit) => unit(act))
}

function requireP256(spki: Uint8Array): void {
  try {
    if (publicKeyInfo(spki).spec === 'ec-p256') return
  } catch (error) {
    if (!isPkiError(error)) throw error
  }
  refuse('applicant_key_refused', {})
}

async function signatureHolds({ key, signature }: ApplicantProof, data: Uint8Array): Promise<boolean> {
  try {
    return await verify(signatureByName('ECDSA with SHA-256'), key, data, signature)
  } catch (error) {
    if (isPkiError(error)) return refuse('applicant_key_refused', {}, error) // a point that is not on the curve
    throw error
  }
}
