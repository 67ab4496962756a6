import type { CommonNameRule } from '@scel/contract/values'
import type { Profile } from './profile.ts'

/** A profile that a kit may let machines ask for. */
export type KitProfile = Profile & { readonly commonName: CommonNameRule }

/** Whether a kit may let machines ask for it: they give themselves no name of a person, and none of the desk. */
export const isForKits = (profile: Profile): profile is KitProfile =>
  profile.family === 'machine' || profile.family === 'service'
