import { refuse } from '@scel/contract/errors'
import { DESK_STATEMENT_PURPOSE } from '@scel/contract/kit'
import {
  CommonNameForm,
  KEY_CHOICES,
  Line,
  ProfileFamily,
  ProfileName,
  Profile as Shown,
  Title,
} from '@scel/contract/values'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { readOffers } from './offers.ts'
import type { ExtendedKeyUsage, KeyUsage, NamesForm, Profile } from './profile.ts'

/**
 * Checks one profile as it was read from its file. Unknown fields are refused, because a misspelt limit is no limit.
 * @throws DeskError profile_invalid with the profile and the field
 */
export function parseProfile(raw: unknown): Profile {
  const fields = isRecord(raw) ? raw : refuse('profile_invalid', { profile: '?', field: '' })
  const profile = Value.Check(ProfileName, fields.name) ? fields.name : '?'
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
  const said = <T>(field: string, schema: TSchema): T => {
    const value = fields[field]
    return Value.Check(schema, value) ? (Object.freeze(value) as T) : bad(field)
  }

  const name = said<string>('name', ProfileName)
  const family = one('family', ProfileFamily.enum)
  const of = OF_FAMILY[family]
  const extendedKeyUsage = some('extendedKeyUsage', fields.extendedKeyUsage, of.purposes)
  // These stand alone: time stamps by RFC 3161 §2.3, and a key that says something for the desk says nothing else.
  if (extendedKeyUsage.length > 1 && extendedKeyUsage.some((purpose) => ALONE.has(purpose))) bad('extendedKeyUsage')
  const isFor = (purpose: ExtendedKeyUsage): boolean => extendedKeyUsage.includes(purpose)
  const days = fields.validityDays
  const longest = isFor('timeStamping')
    ? LONGEST_DAYS_OF_STAMPS
    : isFor(DESK_STATEMENT_PURPOSE)
      ? LONGEST_DAYS_OF_STATEMENTS
      : LONGEST_DAYS
  if (!Number.isInteger(days) || (days as number) < 1 || (days as number) > longest) bad('validityDays')
  const offers = readOffers(fields.offers, { validityDays: days as number, longest }, bad)
  // What the desk is issued it asks for itself, always alike.
  if (offers && family === 'desk') bad('offers')
  const keys = some('keys', fields.keys, KEY_CHOICES)
  const proposedKey = one('proposedKey', KEY_CHOICES)
  if (!keys.includes(proposedKey)) bad('proposedKey')
  const usage = isRecord(fields.keyUsage) ? fields.keyUsage : bad('keyUsage')
  if (Object.keys(usage).some((kind) => kind !== 'rsa' && kind !== 'ec')) bad('keyUsage')
  const commonName = one('commonName', CommonNameForm.enum)
  // What is named as a host says so in its names, too: those are what an organisation may have or not.
  const names = of.names[commonName] ?? bad('commonName')
  if (fields.names !== names) bad('names')
  const managers = flag('managers')
  const standingApproval = flag('standingApproval')
  // What is the desk's own, or a person's, is nobody's to decide in an organisation.
  if (!of.asked && managers) bad('managers')
  if (!of.asked && standingApproval) bad('standingApproval')
  const issuer = one('issuer', of.issuers)
  // A responder answers for the authority that certified it (RFC 6960 §4.2.2.2): each has its own, and nothing else is each one's.
  if ((issuer === 'each') !== isFor('ocspSigning')) bad('issuer')
  const revocable = flag('revocable')
  // What was signed in the name of people or of the desk with a key in other hands could never be told from their own.
  if (!revocable && (family === 'person' || isFor('timeStamping') || isFor(DESK_STATEMENT_PURPOSE))) bad('revocable')
  return Object.freeze({
    name,
    title: said<Profile['title']>('title', Title),
    description: said<Profile['description']>('description', Shown.properties.description),
    family,
    managers,
    standingApproval,
    revocable,
    issuer,
    validityDays: days as number,
    ...(offers && { offers }),
    keys,
    proposedKey,
    keyUsage: Object.freeze({
      rsa: some('keyUsage.rsa', usage.rsa, KEY_USAGES),
      ec: some('keyUsage.ec', usage.ec, EC_USAGES),
    }),
    extendedKeyUsage,
    ...(fields.organisationalUnit !== undefined && {
      organisationalUnit: said<string>('organisationalUnit', Line(64)),
    }),
    commonName,
    names,
    ocspNoCheck: flag('ocspNoCheck'),
    revocationAddresses: flag('revocationAddresses'),
  })
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

interface OfFamily {
  readonly issuers: readonly Profile['issuer'][]
  /** By how the common name comes about, what the subjectAltName then holds. */
  readonly names: Readonly<Partial<Record<CommonNameForm, NamesForm>>>
  readonly purposes: readonly ExtendedKeyUsage[]
  /** Whether people and machines of an organisation ask for it. */
  readonly asked: boolean
}

/** What certificates of a family may be at most: who may ask for a machine's must not get what speaks for the desk. */
const OF_FAMILY: Readonly<Record<ProfileFamily, OfFamily>> = {
  machine: {
    issuers: ['machines'],
    names: { 'machine-fingerprint': 'none', 'host-name': 'dNSName' },
    purposes: ['clientAuth', 'serverAuth'],
    asked: true,
  },
  service: {
    issuers: ['machines'],
    names: { 'host-name': 'dNSName' },
    purposes: ['clientAuth', 'serverAuth'],
    asked: true,
  },
  person: {
    issuers: ['people'],
    names: { 'person-name': 'rfc822Name' },
    purposes: ['clientAuth', 'emailProtection'],
    asked: false,
  },
  desk: {
    issuers: ['desk', 'each'],
    names: { desk: 'none', 'host-name': 'host' },
    purposes: ['serverAuth', 'ocspSigning', 'timeStamping', DESK_STATEMENT_PURPOSE],
    asked: false,
  },
}

const ALONE: ReadonlySet<string> = new Set(['ocspSigning', 'timeStamping', DESK_STATEMENT_PURPOSE])
const EC_USAGES: readonly KeyUsage[] = ['digitalSignature', 'keyAgreement', 'nonRepudiation']
const KEY_USAGES: readonly KeyUsage[] = ['digitalSignature', 'keyEncipherment', 'dataEncipherment', 'nonRepudiation']
const LONGEST_DAYS = 825
// A stamp can be checked only as long as the certificate that it was signed under lives.
const LONGEST_DAYS_OF_STAMPS = 3_660
// Its key is of one month, and speaks in the next one while that has none: see `core/authorities/desk-statements.ts`.
const LONGEST_DAYS_OF_STATEMENTS = 62
const FIELDS: ReadonlySet<string> = new Set([
  ...['name', 'title', 'description', 'family', 'managers', 'standingApproval', 'revocable', 'issuer', 'validityDays'],
  ...[
    'keys',
    'proposedKey',
    'keyUsage',
    'extendedKeyUsage',
    'organisationalUnit',
    'commonName',
    'names',
    'ocspNoCheck',
  ],
  'revocationAddresses',
  'offers',
])
