import type { Sentence } from '../words/sentence.ts'
import type { CredentialErrors } from './errors.ts'

export const CREDENTIALS_EN: Readonly<Record<keyof CredentialErrors, Sentence>> = {
  credential_ended: {
    says: 'This way to sign in was ended on {at, date, long}.',
    hint: 'Sign in with another of your certificates, or ask an administrator for a new link.',
  },
}
