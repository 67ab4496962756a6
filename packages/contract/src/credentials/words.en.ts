import { RIGHTS_EN, STRENGTHS_EN } from '../rights/words.en.ts'
import { select } from '../words/select.ts'
import type { Sentence } from '../words/sentence.ts'
import type { CredentialErrors } from './errors.ts'

export const CREDENTIALS_EN: Readonly<Record<keyof CredentialErrors, Sentence>> = {
  credentials_too_many: {
    says: 'You sign in with {most} computers already, which is the most that somebody has.',
    hint: 'Under “How I sign in”, end those that you do not use any more.',
  },
  credential_ended: {
    says: 'This way to sign in was ended on {at, date, long}.',
    hint: 'Sign in another way, or ask an administrator for a new link.',
  },
  strength_needed: {
    says: `The way you signed in gives ${select('have', STRENGTHS_EN)} assurance of who you are; it takes ${select('needed', STRENGTHS_EN)} assurance to ${select('right', RIGHTS_EN)}.`,
    hint: 'Sign in another way that gives it, such as with your certificate, on a computer that has it.',
  },
  sign_in_link_unknown: {
    says: 'This sign-in link is not known any more.',
    hint: 'Make a new one where you sign in otherwise than with a link; a newer link replaces the older one.',
  },
  sign_in_link_expired: {
    says: 'This sign-in link expired on {at, date, long}.',
    hint: 'Make a new one where you sign in otherwise than with a link.',
  },
  sign_in_link_spent: {
    says: 'This sign-in link was already used on {at, date, long}.',
    hint: 'If it was not you, sign in at once, otherwise than with a link, and end that session under “How I sign in”. If it was, make a new link.',
  },
}
