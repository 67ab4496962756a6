import {
  type ApplicantProof,
  applicantSignedBytes,
  applicantThumbprint,
  parseApplicantHeader,
} from '@scel/contract/applicant'
import { isDeskError, refuse } from '@scel/contract/errors'
import { signatureByName } from '@scel/pki/algorithms'
import { verify } from '@scel/pki/crypto'
import { isPkiError } from '@scel/pki/errors'
import { publicKeyInfo } from '@scel/pki/x509'
import type { ApplicantActor } from '../actor.ts'
import type { DeskIdentity } from '../settings/desk-identity.ts'
import { isStorageFault } from '../storage-faults.ts'
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
  readonly identity: () => Promise<DeskIdentity>
}

/**
 * Checks the header of a call against the call. The nonce is good but not spent yet: the act spends it.
 * @throws DeskError applicant_signature_missing, applicant_signature_invalid, applicant_key_refused,
 *   applicant_nonce_unknown
 */
export async function checkApplicant(
  { nonces, identity }: Needs,
  call: ApplicantCallParts,
  header: string | undefined,
  from: string,
): Promise<ApplicantActor> {
  if (header === undefined) return refuse('applicant_signature_missing', {})
  const proof = parseApplicantHeader(header) ?? refuse('applicant_signature_invalid', {})
  requireP256(proof.key)
  // The MAC of the nonce costs less than the signature, so garbage is turned away first.
  await nonces.check(proof.nonce)
  const { id: desk } = await identity()
  const signed = await applicantSignedBytes({ ...call, desk, nonce: proof.nonce })
  if (!(await signatureHolds(proof, signed))) refuse('applicant_signature_invalid', {})
  return { kind: 'applicant', thumbprint: await applicantThumbprint(proof.key), nonce: proof.nonce, from }
}

/**
 * Runs an applicant's act in one unit with the spending of its nonce. When the act is refused its nonce is spent all the
 * same, so that no call counts twice, not even one that would succeed later.
 * @throws DeskError applicant_nonce_spent, applicant_nonce_unknown, and those of the act
 */
export async function actOnce<T>(
  work: Work,
  nonces: Nonces,
  { nonce }: ApplicantActor,
  act: (stores: Stores) => Promise<T>,
): Promise<T> {
  const end = await nonces.check(nonce)
  try {
    return await work.transaction(async (stores) => {
      if (!(await stores.nonces.spend(nonce, end))) refuse('applicant_nonce_spent', {})
      return act(stores)
    })
  } catch (error) {
    if (isDeskError(error) && error.code !== 'applicant_nonce_spent' && !isStorageFault(error)) {
      await work.transaction((stores) => stores.nonces.spend(nonce, end))
    }
    throw error
  }
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
