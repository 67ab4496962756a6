/** What is refused here, with the facts that travel with each code: see `DeskErrorFacts`. */
export interface CredentialErrors {
  credential_ended: { at: string }
}
