import { APPLICANT_THUMBPRINT_OID } from '@scel/contract/applicant'
import { refuse } from '@scel/contract/errors'
import { isLine } from '@scel/contract/values'
import { judgeWishes, type RequestNotice, type RequestRules, requestContentOf } from '@scel/files/request'
import { buildName, type CertificateRequest } from '@scel/pki/x509'
import type { Organisation } from '../organisations/organisation.ts'
import type { Profile } from '../profiles/profile.ts'

/** What the certificate will say of its subject, and what of the request's wishes it will not say. */
export interface Granted {
  /** DER. */
  readonly subject: Uint8Array
  readonly commonName: string
  /** dNSNames. */
  readonly names: readonly string[]
  readonly findings: readonly RequestNotice[]
}

/**
 * Lays down subject and names by the profile. The request may repeat what is fixed, and give state, locality and common
 * name; whatever else it wishes is refused or becomes a finding, and never widens the profile. Whether the organisation may
 * have the names, which may change, is for `requireNames`; whom the request may name as its applicant, for the origin. Programs
 * that send requests judge them by the same rules before they do.
 * @throws DeskError subject_not_allowed, name_not_allowed
 */
export function grant(request: CertificateRequest, profile: Profile, organisation: Organisation): Granted {
  const { granted, refused, notices } = judgeWishes(requestContentOf(request), rulesOf(profile, organisation))
  if (refused) refuse(refused[0].code, refused[0].facts)
  const { commonName, names, state, locality } = granted
  const subject = buildName([
    { type: 'countryName', value: organisation.country },
    ...(state === undefined ? [] : [{ type: 'stateOrProvinceName', value: state } as const]),
    ...(locality === undefined ? [] : [{ type: 'localityName', value: locality } as const]),
    { type: 'organizationName', value: organisation.name },
    { type: 'organizationalUnitName', value: organisation.code },
    ...(profile.organisationalUnit === undefined
      ? []
      : [{ type: 'organizationalUnitName', value: profile.organisationalUnit } as const]),
    { type: 'commonName', value: commonName },
  ])
  return { subject: subject.der, commonName, names, findings: notices }
}

const rulesOf = (profile: Profile, organisation: Organisation): RequestRules => ({
  ...profile,
  subject: {
    country: organisation.country,
    organisation: organisation.name,
    units: [organisation.code, ...(profile.organisationalUnit ? [profile.organisationalUnit] : [])],
    isLine,
  },
  // Which one, `checkBinding` judges.
  applicant: { attribute: APPLICANT_THUMBPRINT_OID, allowed: true },
})
