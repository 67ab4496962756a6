import type { FindingCode } from '@scel/contract/values'

/** What a check of a request found; the edge puts it in words. */
export interface Finding {
  readonly code: FindingCode
  readonly level: 'good' | 'notice' | 'warning'
  readonly facts: Readonly<Record<string, string | number>>
}
