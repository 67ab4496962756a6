import type { Sentence } from '../words/sentence.ts'
import type { KitErrors } from './errors.ts'

export const KITS_EN: Readonly<Record<keyof KitErrors, Sentence>> = {
  kit_unknown: {
    says: 'This enrolment kit is not known here.',
    hint: 'Use the kit file your administrator gave you, for the right environment.',
  },
  kit_expired: {
    says: 'This enrolment kit expired on {at, date, long}.',
    hint: 'Ask your administrator for a new kit.',
  },
  kit_withdrawn: {
    says: 'This enrolment kit was withdrawn on {at, date, long}.',
    hint: 'Ask your administrator for a new kit.',
  },
  kit_used_up: {
    says: 'This enrolment kit has been used {uses, plural, one {the # time} other {the # times}} it allows.',
    hint: 'Ask your administrator for a new kit.',
  },
  kit_altered: {
    says: 'The enrolment kit file was altered ({field}).',
    hint: 'Use the file as your administrator gave it, unchanged.',
  },
  standing_approval_not_for_profile: {
    says: 'The profile {profile} allows no standing approval: somebody has to look at each request.',
    hint: 'Leave the standing approval out, or choose another profile.',
  },
  profile_not_for_kits: {
    says: 'The profile {profile} is not one that a kit can ask for.',
    hint: 'Choose a profile of machines or services.',
  },
}
