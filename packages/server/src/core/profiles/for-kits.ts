import type { CommonNameRule, ProfileFamily } from '@scel/contract/values'
import type { Profile } from './profile.ts'

/** Families whose profiles a kit may let machines ask for: they give themselves no name of a person, and none of the desk. */
export const KIT_FAMILIES: readonly ProfileFamily[] = ['machine', 'service']

/** A profile that a kit may let machines ask for. */
export type KitProfile = Profile & { readonly commonName: CommonNameRule }

export const isForKits = (profile: Profile): profile is KitProfile => KIT_FAMILIES.includes(profile.family)
