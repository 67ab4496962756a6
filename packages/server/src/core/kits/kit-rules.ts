import { type KitRules, kitRulesDigest } from '@scel/contract/kit'
import type { KeyChoice, StoreType } from '@scel/contract/values'
import { utf8 } from '@scel/pki/bytes'
import { sameSecret, sha256 } from '../hash.ts'
import type { Organisation } from '../organisations/organisation.ts'
import { isForKits, type KitProfile } from '../profiles/for-kits.ts'
import type { Profiles } from '../profiles/profiles.ts'
import type { Instant } from '../world.ts'
import type { Kit } from './kit.ts'

/** What is chosen for a kit; the rest of its rules follows from organisation and profile. */
interface LaidDown {
  readonly store: StoreType
  readonly keys: readonly KeyChoice[]
  readonly proposedKey: KeyChoice
  readonly uses: number
}

/** What the kit lays down, as it is written into the file; the digest over it tells an altered copy. */
export async function rulesOf(
  input: LaidDown,
  organisation: Organisation,
  profile: KitProfile,
  expiresAt: Instant,
): Promise<KitRules> {
  return {
    environment: organisation.environment,
    organisation: { code: organisation.code, name: organisation.name },
    country: organisation.country,
    profile: { name: profile.name, title: { ...profile.title } },
    form: await formOf(profile),
    store: input.store,
    commonName: profile.commonName,
    ...(profile.organisationalUnit !== undefined && { organisationalUnit: profile.organisationalUnit }),
    keyUsage: { rsa: [...profile.keyUsage.rsa], ec: [...profile.keyUsage.ec] },
    extendedKeyUsage: [...profile.extendedKeyUsage],
    keys: [...input.keys],
    proposedKey: input.proposedKey,
    ...(profile.offers && { offers: profile.offers }),
    decidedBy: profile.managers ? 'manager' : 'administrator',
    uses: input.uses,
    expiresAt,
  }
}

/**
 * Of a profile all that becomes of a certificate, for each kind of key. What it is called, who decides and which keys there are stands in
 * the rules themselves. What came to profiles later and says nothing of one has no part in it, so that kits from before go on.
 */
export function formOf(profile: KitProfile): Promise<string> {
  const { name, title, description, managers, standingApproval, keys, proposedKey, ...form } = profile
  const said = Object.entries(form).filter(([field, value]) => ALWAYS_IN_FORM.has(field) || saysSomething(value))
  const sorted = said.sort(([one], [other]) => (one < other ? -1 : 1))
  return sha256(utf8(JSON.stringify(sorted)))
}

/** A field that comes later is absent, `false` or an empty list where a file says nothing of it. */
const saysSomething = (value: unknown): boolean =>
  value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0)

/** The fields of the first release: they are in it whatever they say, and none is ever added here. */
const ALWAYS_IN_FORM: ReadonlySet<string> = new Set([
  ...['family', 'revocable', 'issuer', 'validityDays', 'keyUsage', 'extendedKeyUsage', 'commonName', 'names'],
  ...['ocspNoCheck', 'revocationAddresses'],
])

/** Whether a kit lays down what it would if it were made now: its profile's file may have been changed since. */
export async function hasSameRules(kit: Kit, organisation: Organisation, profiles: Profiles): Promise<boolean> {
  const profile = profiles.find(kit.profile)
  if (!profile || !isForKits(profile)) return false
  const rules = await rulesOf({ ...kit, uses: kit.usesAllowed }, organisation, profile, kit.expiresAt)
  return sameSecret(kit.rulesDigest, await kitRulesDigest(rules))
}
