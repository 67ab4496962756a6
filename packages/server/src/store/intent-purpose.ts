import type { IntentPurpose } from '../core/issuance/intent.ts'
import { applicantOwner, personOwner, THE_DESK } from '../core/owner.ts'

/** What an intent said that was stored before certificates had owners. */
type Before =
  | { readonly kind: 'request'; readonly request: number; readonly applicant: string }
  | { readonly kind: 'person'; readonly person: string }
  | { readonly kind: 'desk' }

/**
 * The column of an intent. What was open when the desk was upgraded is still signed: it stays as it was written, because its
 * code is over its text, and nobody but the desk that runs can make another.
 */
export function purposeOf(text: string): IntentPurpose {
  const purpose = JSON.parse(text) as IntentPurpose | Before
  switch (purpose.kind) {
    case 'request':
      return { kind: 'certificate', owner: applicantOwner(purpose.applicant), request: purpose.request }
    case 'person':
      return { kind: 'certificate', owner: personOwner(purpose.person) }
    case 'desk':
      return { kind: 'certificate', owner: THE_DESK }
    default:
      return purpose
  }
}
