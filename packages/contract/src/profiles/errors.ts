/** What is refused here, with the facts that travel with each code: see `DeskErrorFacts`. */
export interface ProfileErrors {
  profile_invalid: { profile: string; field: string }
  profile_unknown: { profile: string }
}
