import type { Crl, CrlFacts } from './crl.ts'

export interface CrlReader {
  /** What the newest one is, without its bytes, which may be megabytes. */
  newest(authority: string): Promise<CrlFacts | undefined>
  latest(authority: string): Promise<Crl | undefined>
  /** The one with this number, while it is kept. */
  numbered(authority: string, number: number): Promise<Crl | undefined>
}

export interface CrlStore extends CrlReader {
  /** (authority, number) is unique; older ones may be forgotten, the newest never. */
  insert(crl: Crl): Promise<void>
}
