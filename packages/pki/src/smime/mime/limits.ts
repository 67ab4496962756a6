import { fail } from '../../errors/index.ts'

/** What one mail may cost whoever reads it. Too much of anything is `input_too_large`. */
export interface MimeLimits {
  /** Of the mail, and of what its layers hold, in octets. @default 64 MiB */
  readonly bytes: number
  /** Multiparts within multiparts. @default 16 */
  readonly depth: number
  /** Parts of the whole tree. @default 1,000 */
  readonly parts: number
  /** Header fields of one part. @default 1,000 */
  readonly fields: number
  /** Of the header of one part, in octets. @default 256 KiB */
  readonly headerBytes: number
  /** Signatures and seals around one another. @default 8 */
  readonly layers: number
}

/** Limits of which some are given. */
export const limitsOf = (given: Partial<MimeLimits> = {}): MimeLimits => ({ ...DEFAULTS, ...given })

/** @throws input_too_large */
export function within(count: number, limit: number, what: string): void {
  if (count > limit) fail('input_too_large', { what, limit })
}

const DEFAULTS: MimeLimits = Object.freeze({
  bytes: 64 * 1024 * 1024,
  depth: 16,
  parts: 1_000,
  fields: 1_000,
  headerBytes: 256 * 1024,
  layers: 8,
})
