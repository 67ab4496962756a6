/** The desk's own certificates: its TLS identity and its OCSP responders. */
export interface OwnCertificates {
  /** Issues what is missing or has less than a third of its life left. Answers what was renewed. */
  renewDue(): Promise<{ tls: boolean; responders: number }>
  /**
   * Key and chain of the listener; issued when there is none, it is due, or the names changed.
   * @param names host names and addresses that people type, the public name first
   */
  tlsIdentity(names: readonly string[]): Promise<TlsIdentity>
}

export interface TlsIdentity {
  /** PEM, leaf first, without the root. */
  readonly chain: string
  /** PEM, PKCS#8. */
  readonly key: string
  readonly notAfter: string
  /** Changes when the certificate does. */
  readonly fingerprint: string
}
