import type { ApplicantActor } from '../actor.ts'
import { type ApplicantCallParts, checkApplicant } from './applicant-proof.ts'
import type { Nonces } from './nonces.ts'

/** How a door knows an applicant, whatever the call is about: they sign it with their key, over a nonce of this desk. */
export interface Proofs {
  newNonce(): Promise<{ nonce: string; desk: string }>
  /**
   * Checks the `scel-applicant` header of a call; the nonce is spent by the act that follows (`actOnce`).
   * @throws DeskError applicant_signature_missing, applicant_signature_invalid, applicant_key_refused,
   *   applicant_nonce_unknown
   */
  check(call: ApplicantCallParts, header: string | undefined, from: string): Promise<ApplicantActor>
}

interface Needs {
  readonly nonces: Nonces
  readonly deskId: () => Promise<string>
}

export function createProofs({ nonces, deskId }: Needs): Proofs {
  return {
    newNonce: async () => ({ nonce: await nonces.issue(), desk: await deskId() }),
    check: (call, header, from) => checkApplicant({ nonces, deskId }, call, header, from),
  }
}
