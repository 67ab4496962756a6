import type { Crl, CrlFacts } from './crl.ts'

export interface CrlReader {
  /** What the newest one is that the desk published, without its bytes, which may be megabytes. */
  newest(authority: string): Promise<CrlFacts | undefined>
  /** The one that the desk published under this number, while it is kept. */
  numbered(authority: string, number: number): Promise<Crl | undefined>
}

export interface CrlStore extends CrlReader {
  /**
   * (authority, number) is unique; older ones may be forgotten, the newest never. What nobody published under this number or a higher one
   * is taken away.
   */
  insert(crl: Crl): Promise<void>
}
