import type { Readers } from '../work.ts'
import type { CrlFacts } from './crl.ts'

/** What the newest list of an authority is; undefined before the first. */
export const newestList = (stores: Pick<Readers, 'crls'>, authority: string): Promise<CrlFacts | undefined> =>
  stores.crls.newest(authority)
