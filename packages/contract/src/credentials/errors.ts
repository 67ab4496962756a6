import type { Right, Strength } from '../rights/values.ts'
import type { None } from '../words/none.ts'

/** What is refused here, with the facts that travel with each code: see `DeskErrorFacts`. */
export interface CredentialErrors {
  credentials_too_many: { most: number }
  credential_ended: { at: string }
  strength_needed: { right: Right; needed: Strength; have: Strength }
  sign_in_link_unknown: None
  sign_in_link_expired: { at: string }
  sign_in_link_spent: { at: string }
}
