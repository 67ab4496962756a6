import type { None } from '../words/none.ts'

/** What is refused here, with the facts that travel with each code: see `DeskErrorFacts`. */
export interface KitErrors {
  kit_unknown: None
  kit_expired: { at: string }
  kit_withdrawn: { at: string }
  kit_used_up: { uses: number }
  kit_altered: { field: string }
  standing_approval_not_for_profile: { profile: string }
  profile_not_for_kits: { profile: string }
}
