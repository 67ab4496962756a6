import type { Sentence } from '../words/sentence.ts'
import type { ProfileErrors } from './errors.ts'

export const PROFILES_EN: Readonly<Record<keyof ProfileErrors, Sentence>> = {
  profile_invalid: {
    says: 'The profile {profile} is not valid: {field}.',
    hint: 'Correct the profile file and start the desk again.',
  },
  profile_unknown: {
    says: 'The profile {profile} is not one of this desk.',
    hint: 'Ask the operator of the desk to put its file back, or use a kit of another profile.',
  },
}
