/** An authority that is to be trusted. */
export interface Anchor {
  readonly der: Uint8Array
  /** SHA-256, lower-case hex. */
  readonly fingerprint: string
  /** What stores show it as: a common name made of harmless characters. */
  readonly name: string
}

/** The verbs of every trust store. A platform's store is one file, and one line in the list. */
export interface TrustStore {
  readonly kind: 'nss' | 'system'
  /** Which one of its kind: a folder, or the name of the platform's store. */
  readonly where: string
  has(anchor: Anchor): Promise<boolean>
  add(anchor: Anchor): Promise<void>
  remove(anchor: Anchor): Promise<void>
}
