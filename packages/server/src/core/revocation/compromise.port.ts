import type { ProfileName } from '@scel/contract/values'
import type { Instant } from '../world.ts'
import type { Mark } from './compromise.ts'

export interface CompromiseReader {
  /** Those of these that are marked. Of every environment, on purpose: a key that is known in one is known in the other. */
  among(marks: readonly Mark[]): Promise<FoundMark[]>
}

export interface CompromiseStore extends CompromiseReader {
  /** Remembers what stood behind a certificate, or a credential that is none; what is remembered already stays as it is. */
  add(marks: readonly Mark[], of: { readonly certificate: string; readonly at: Instant }): Promise<void>
}

export interface FoundMark extends Mark {
  /** Whose certificate it stood behind; none where that belongs to none. */
  readonly organisation?: string
  /** The one of its services that the certificate was for, if it was for one. */
  readonly service?: string
  readonly profile?: ProfileName
}
