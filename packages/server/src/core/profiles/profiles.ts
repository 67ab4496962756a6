import { refuse } from '@scel/contract/errors'
import { DESK_STATEMENT_PURPOSE } from '@scel/contract/kit'
import type * as contract from '@scel/contract/values'
import { parseProfile } from './parse-profile.ts'
import type { ExtendedKeyUsage, Profile } from './profile.ts'

/** The profiles of this desk: those that come with the program, and those of its operator. */
export interface Profiles {
  /** By name. */
  readonly all: readonly Profile[]
  /** Those that the desk itself issues by, there for certain. */
  readonly own: Readonly<Record<OwnProfile, Profile>>
  /** Undefined where its file was taken away since. */
  find(name: string): Profile | undefined
}

/** What the desk itself cannot be without. */
export type OwnProfile = 'person' | 'desk-tls' | 'desk-statement' | 'ocsp-responder' | 'time-stamping'

/** What each of them has to be for. */
const OWN: Readonly<Record<OwnProfile, readonly [contract.ProfileFamily, ExtendedKeyUsage]>> = {
  person: ['person', 'clientAuth'],
  'desk-tls': ['desk', 'serverAuth'],
  'desk-statement': ['desk', DESK_STATEMENT_PURPOSE],
  'ocsp-responder': ['desk', 'ocspSigning'],
  'time-stamping': ['desk', 'timeStamping'],
}

/**
 * Checks the whole set: each profile once, none of the desk’s own missing.
 * @param ours the files that come with the program, as they were read
 * @param operators those of the operator; one of a name that is among ours takes its place
 * @throws DeskError profile_invalid
 */
export function parseProfiles(ours: readonly unknown[], operators: readonly unknown[] = []): Profiles {
  const found = new Map([...setOf(ours), ...setOf(operators)])
  for (const [name, [family, purpose]] of Object.entries(OWN)) {
    const profile = found.get(name) ?? refuse('profile_invalid', { profile: name, field: '' })
    if (profile.family !== family) refuse('profile_invalid', { profile: name, field: 'family' })
    if (!profile.extendedKeyUsage.includes(purpose)) {
      refuse('profile_invalid', { profile: name, field: 'extendedKeyUsage' })
    }
  }
  const all = [...found.values()].sort((one, other) => (one.name < other.name ? -1 : 1))
  return Object.freeze({
    all: Object.freeze(all),
    own: Object.freeze(Object.fromEntries(found) as Record<OwnProfile, Profile>),
    find: (name: string) => found.get(name),
  })
}

function setOf(raws: readonly unknown[]): Map<string, Profile> {
  const found = new Map<string, Profile>()
  for (const profile of raws.map(parseProfile)) {
    if (found.has(profile.name)) refuse('profile_invalid', { profile: profile.name, field: 'name' })
    found.set(profile.name, profile)
  }
  return found
}

/** @throws DeskError profile_unknown */
export const requireProfile = (profiles: Profiles, name: string): Profile =>
  profiles.find(name) ?? refuse('profile_unknown', { profile: name })

/** As things that were made by it are shown; one whose file was taken away since is called by its name. */
export function refOf(profiles: Profiles, name: string): contract.ProfileRef {
  const title = profiles.find(name)?.title ?? { en: name, fr: name }
  return { name, title: { ...title } }
}
