import type { Crl } from './crl.ts'

export interface CrlStore {
  /** (authority, number) is unique; older ones may be forgotten, the newest never. */
  insert(crl: Crl): Promise<void>
  latest(authority: string): Promise<Crl | undefined>
  /** The one with this number, while it is kept. */
  numbered(authority: string, number: number): Promise<Crl | undefined>
}
