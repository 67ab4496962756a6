/** What is refused here, with the facts that travel with each code: see `DeskErrorFacts`. */
export interface OrganisationErrors {
  organisation_code_taken: { code: string }
  siren_invalid: { siren: string }
  name_suffix_invalid: { suffix: string; rule: string }
}
