import { refuse } from '@scel/contract/errors'
import { DESK_STATEMENT_PURPOSE } from '@scel/contract/kit'
import { KEY_CHOICES, type KeyChoice, PROFILE_NAMES, type ProfileName } from '@scel/contract/values'

/** What a certificate may contain: data, checked when loaded. There is no other way to obtain one than `parseProfile`. */
export interface Profile {
  readonly name: ProfileName
  /** Purpose of the authority that issues it; `each` for every issuing authority (OCSP responders). */
  readonly issuer: 'machines' | 'people' | 'desk' | 'each'
  readonly validityDays: number
  /** Subject keys it takes, and the one it proposes. */
  readonly keys: readonly KeyChoice[]
  readonly proposedKey: KeyChoice
  /** By kind of key: an EC key cannot encipher (RFC 8813 §3). */
  readonly keyUsage: { readonly rsa: readonly KeyUsage[]; readonly ec: readonly KeyUsage[] }
  readonly extendedKeyUsage: readonly ExtendedKeyUsage[]
  /** OU that says what kind of thing is certified; absent for people and the desk. */
  readonly organisationalUnit?: 'Workstation' | 'Server'
  readonly commonName: CommonNameForm
  /** What the subjectAltName holds. */
  readonly names: NamesForm
  /** id-pkix-ocsp-nocheck: clients do not ask about the responder itself (RFC 6960 §4.2.2.2.1). */
  readonly ocspNoCheck: boolean
  /** Whether it names the CRL and the OCSP responder of its issuer. */
  readonly revocationAddresses: boolean
}

export type KeyUsage = 'digitalSignature' | 'keyEncipherment' | 'dataEncipherment' | 'keyAgreement' | 'nonRepudiation'
export type ExtendedKeyUsage =
  | 'clientAuth'
  | 'serverAuth'
  | 'ocspSigning'
  | 'emailProtection'
  | 'timeStamping'
  | typeof DESK_STATEMENT_PURPOSE
export type CommonNameForm = 'machine-fingerprint' | 'host-name' | 'person-name' | 'desk'
export type NamesForm = 'none' | 'dNSName' | 'rfc822Name' | 'host'

export type Profiles = Readonly<Record<ProfileName, Profile>>

/**
 * Checks one profile as it was read from its file. Unknown fields are refused, because a misspelt limit is no limit.
 * @throws DeskError profile_invalid with the profile and the field
 */
export function parseProfile(raw: unknown): Profile {
  const fields = isRecord(raw) ? raw : refuse('profile_invalid', { profile: '?', field: '' })
  const profile = typeof fields.name === 'string' ? fields.name.slice(0, 40) : '?'
  const bad = (field: string): never => refuse('profile_invalid', { profile, field })
  for (const field of Object.keys(fields)) if (!FIELDS.has(field)) bad(field.slice(0, 40))

  const one = <T extends string>(field: string, allowed: readonly T[]): T =>
    allowed.find((value) => value === fields[field]) ?? bad(field)
  const some = <T extends string>(field: string, value: unknown, allowed: readonly T[]): readonly T[] => {
    if (!Array.isArray(value) || value.length === 0 || new Set(value).size !== value.length) return bad(field)
    return Object.freeze(value.map((item) => allowed.find((known) => known === item) ?? bad(field)))
  }
  const flag = (field: string): boolean => {
    const value = fields[field]
    return typeof value === 'boolean' ? value : bad(field)
  }

  const name = one('name', PROFILE_NAMES)
  const extendedKeyUsage = some('extendedKeyUsage', fields.extendedKeyUsage, EXTENDED_KEY_USAGES)
  const stamps = extendedKeyUsage.includes('timeStamping')
  // They stand alone, RFC 3161 §2.3; and what the desk says of itself nobody else can say.
  const alone = stamps || extendedKeyUsage.includes(DESK_STATEMENT_PURPOSE)
  if (alone && extendedKeyUsage.length > 1) bad('extendedKeyUsage')
  if (extendedKeyUsage.includes(DESK_STATEMENT_PURPOSE) && fields.issuer !== 'desk') bad('issuer')
  const days = fields.validityDays
  const longest = stamps ? LONGEST_DAYS_OF_STAMPS : LONGEST_DAYS
  if (!Number.isInteger(days) || (days as number) < 1 || (days as number) > longest) bad('validityDays')
  const keys = some('keys', fields.keys, KEY_CHOICES)
  const proposedKey = one('proposedKey', KEY_CHOICES)
  if (!keys.includes(proposedKey)) bad('proposedKey')
  const usage = isRecord(fields.keyUsage) ? fields.keyUsage : bad('keyUsage')
  if (Object.keys(usage).some((kind) => kind !== 'rsa' && kind !== 'ec')) bad('keyUsage')
  const unit = fields.organisationalUnit
  return Object.freeze({
    name,
    issuer: one('issuer', ['machines', 'people', 'desk', 'each']),
    validityDays: days as number,
    keys,
    proposedKey,
    keyUsage: Object.freeze({
      rsa: some('keyUsage.rsa', usage.rsa, KEY_USAGES),
      ec: some('keyUsage.ec', usage.ec, EC_USAGES),
    }),
    extendedKeyUsage,
    ...(unit === undefined ? {} : { organisationalUnit: one('organisationalUnit', ['Workstation', 'Server']) }),
    commonName: one('commonName', ['machine-fingerprint', 'host-name', 'person-name', 'desk']),
    names: one('names', ['none', 'dNSName', 'rfc822Name', 'host']),
    ocspNoCheck: flag('ocspNoCheck'),
    revocationAddresses: flag('revocationAddresses'),
  })
}

/** Checks the whole set: each profile once, none missing. @throws DeskError profile_invalid */
export function parseProfiles(raws: readonly unknown[]): Profiles {
  const found = new Map<ProfileName, Profile>()
  for (const profile of raws.map(parseProfile)) {
    if (found.has(profile.name)) refuse('profile_invalid', { profile: profile.name, field: 'name' })
    found.set(profile.name, profile)
  }
  for (const name of PROFILE_NAMES) if (!found.has(name)) refuse('profile_invalid', { profile: name, field: '' })
  return Object.freeze(Object.fromEntries(found) as Record<ProfileName, Profile>)
}

/** The usages a certificate with this kind of key gets. */
export const keyUsageFor = (profile: Profile, key: KeyChoice): readonly KeyUsage[] =>
  key.startsWith('rsa') ? profile.keyUsage.rsa : profile.keyUsage.ec

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const EC_USAGES: readonly KeyUsage[] = ['digitalSignature', 'keyAgreement', 'nonRepudiation']
const KEY_USAGES: readonly KeyUsage[] = ['digitalSignature', 'keyEncipherment', 'dataEncipherment', 'nonRepudiation']
const EXTENDED_KEY_USAGES: readonly ExtendedKeyUsage[] = [
  'clientAuth',
  'serverAuth',
  'ocspSigning',
  'emailProtection',
  'timeStamping',
  DESK_STATEMENT_PURPOSE,
]
const LONGEST_DAYS = 825
// A stamp can be checked only as long as the certificate that it was signed under lives.
const LONGEST_DAYS_OF_STAMPS = 3_660
const FIELDS: ReadonlySet<string> = new Set([
  'name',
  'issuer',
  'validityDays',
  'keys',
  'proposedKey',
  'keyUsage',
  'extendedKeyUsage',
  'organisationalUnit',
  'commonName',
  'names',
  'ocspNoCheck',
  'revocationAddresses',
])
