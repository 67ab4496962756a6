/** What is refused here, with the facts that travel with each code: see `DeskErrorFacts`. */
export interface CertificateErrors {
  certificate_row_altered: { serial: string }
  certificate_already_revoked: { at: string; reason: string }
}
