import type { EnrolmentType, ProfileName } from '@scel/contract/values'

/** What kind of machine a certificate was asked for; nothing, when it is a person's or the desk's own. */
export const enrolmentOf = ({ profile }: { readonly profile: ProfileName }): { readonly enrolment?: EnrolmentType } =>
  profile === 'workstation' || profile === 'server' ? { enrolment: profile } : {}
