import { RIGHTS_EN } from '../rights/words.en.ts'
import { select } from '../words/select.ts'
import type { Sentence } from '../words/sentence.ts'
import type { SessionErrors } from './errors.ts'

export const SESSIONS_EN: Readonly<Record<keyof SessionErrors, Sentence>> = {
  sign_in_required: {
    says: 'You are not signed in.',
    hint: 'Sign in with your certificate.',
  },
  session_ended: {
    says: 'Your session has ended{reason, select, signed_out { because you signed out} expired { after too long without activity} ended { because it was closed from another place} certificate { because your certificate is no longer valid} credential { because what you signed in with was ended} role { because an administrator took the role of administrator from you} many { because you signed in in many other places since} other {}}.',
    hint: 'Sign in again.',
  },
  not_allowed: {
    says: `You may not do this: it takes the right to ${select('right', RIGHTS_EN)}.`,
    hint: 'Ask an administrator of the desk.',
  },
  rights_changed: {
    says: 'What you may do here changed while you asked for this. Nothing was done.',
    hint: 'Load the page again: it shows what you may do now.',
  },
  origin_refused: {
    says: 'This call came from another site, so it was refused.',
    hint: 'Open the portal itself and try again there.',
  },
  certificate_missing: {
    says: 'No certificate was shown.',
    hint: 'Choose your certificate when the browser asks; if it does not ask, import your .p12 file first, then restart the browser.',
  },
  certificate_unreadable: {
    says: 'The certificate shown cannot be read.',
    hint: 'Use a certificate issued by this desk.',
  },
  certificate_unknown_authority: {
    says: 'The certificate shown comes from an unknown authority: {issuer}.',
    hint: 'Use a certificate issued by this desk.',
  },
  certificate_not_issued_here: {
    says: 'The certificate shown (serial {serial}) is not in this desk’s records.',
    hint: 'Tell an administrator at once: it bears an authority of this desk that did not record it.',
  },
  certificate_expired_at: {
    says: 'The certificate shown expired on {at, date, long}.',
    hint: 'Ask for a new certificate.',
  },
  certificate_not_valid_before: {
    says: 'The certificate shown is valid only from {at, date, long}.',
    hint: 'Check that the clocks are right.',
  },
  certificate_is_revoked: {
    says: 'The certificate shown was revoked on {at, date, long} ({reason, select, unspecified {no reason given} keyCompromise {key compromised} affiliationChanged {affiliation changed} superseded {superseded} cessationOfOperation {no longer in use} privilegeWithdrawn {privilege withdrawn} other {{reason}}}).',
    hint: 'Ask for a new certificate.',
  },
  certificate_wrong_purpose: {
    says: 'The certificate shown is not made for this: {purpose}.',
    hint: 'Use a certificate made for client authentication.',
  },
  certificate_without_account: {
    says: 'No account belongs to the certificate shown (serial {serial}).',
    hint: 'Sign in with the certificate made from your last invitation.',
  },
  certificate_refused: {
    says: 'The certificate shown is refused: {why}.',
    hint: 'Use a certificate issued by this desk.',
  },
}
