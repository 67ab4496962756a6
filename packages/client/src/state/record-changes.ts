import type { KitFile } from '@scel/contract/kit'
import type { RequestSummary } from '@scel/contract/values'
import type { AskedNames, DeskRecord } from './desk-record.ts'

/**
 * The record of a kit's desk: everything but the kit's secret, which is of no use once the request is there. A later
 * kit of the same desk brings its present addresses; its roots, and what is known of requests, stay.
 */
export function recordOfKit({ desk, rules, roots }: KitFile, present: DeskRecord | undefined): DeskRecord {
  return {
    ...(present ?? { requests: [], keys: {} }),
    format: 'scel-desk-record/1',
    desk,
    environment: rules.environment,
    roots: present?.roots ?? roots,
  }
}

/** Remembers a request with its key, in front of the others. */
export function withRequest(record: DeskRecord, request: RequestSummary, key?: string): DeskRecord {
  const present = record.requests.some(({ number }) => number === request.number)
  const requests = present
    ? record.requests.map((one) => (one.number === request.number ? request : one))
    : [request, ...record.requests]
  return { ...record, requests, keys: key ? { ...record.keys, [request.number]: key } : record.keys }
}

/** Marks requests that a newer one replaced. */
export function withReplaced(record: DeskRecord, replaced: readonly number[]): DeskRecord {
  const requests = record.requests.map((one) =>
    replaced.includes(one.number) ? { ...one, state: 'cancelled' as const } : one,
  )
  return { ...record, requests }
}

/** Remembers what was asked for a key, before anybody is asked. */
export const withAsked = (record: DeskRecord, key: string, asked: AskedNames): DeskRecord => ({
  ...record,
  asked: { ...record.asked, [key]: asked },
})

/** The request has no key any more; what was asked for one that stays in its store, beside a certificate, is still known. */
export function withoutKey(record: DeskRecord, number: number): DeskRecord {
  const { [String(number)]: _, ...keys } = record.keys
  return { ...record, keys }
}

/** Of a key that is gone. */
export function withoutAsked(record: DeskRecord, key: string): DeskRecord {
  const { [key]: _, ...asked } = record.asked ?? {}
  return { ...record, asked }
}
