import type { CredentialErrors } from '../credentials/errors.ts'
import type { SessionErrors } from '../sessions/errors.ts'

/** What a door refuses a sign-in with that sends the browser back to the sign-in page: the code travels there alone. */
interface SignInErrors
  extends Pick<SessionErrors, Extract<keyof SessionErrors, `certificate_${string}`>>,
    Pick<CredentialErrors, 'credential_ended'> {}

/** Those of them whose sentences need facts, and are worded without them on that page. */
export type FactlessRefusal = {
  [C in keyof SignInErrors]: Record<never, never> extends SignInErrors[C] ? never : C
}[keyof SignInErrors]
