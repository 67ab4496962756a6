import { table } from '../ui/table.ts'
import type { Voice } from '../ui/voice.ts'
import type { Pair } from './common.ts'
import type { CrlFacts } from './crl.ts'
import { extensionPairs } from './extension-words.ts'

export function crlPairs(facts: CrlFacts, voice: Voice): Pair[] {
  const { nextUpdate, overdue, count } = facts
  return [
    [voice.text('label_issuer'), facts.issuer],
    [voice.text('label_this_update'), voice.instant(facts.thisUpdate)],
    ...(nextUpdate ? [[voice.text('label_next_update'), next(nextUpdate, overdue, voice)] as const] : []),
    ...extensionPairs(facts.extensions, voice),
    [voice.text('label_signature'), facts.signatureAlgorithm],
    [voice.text('label_entries'), count === 0 ? voice.text('inspect_none') : String(count)],
  ]
}

const next = (at: string, overdue: boolean, voice: Voice): string =>
  overdue ? voice.text('inspect_outdated', { at: voice.instant(at) }) : voice.instant(at)

/** The entries as a table; columns that nothing fills are left out. */
export function entryLines({ entries, count }: CrlFacts, voice: Voice): string[] {
  const shown = entries.slice(0, MOST_ENTRIES)
  if (shown.length === 0) return []
  const since = shown.some(({ invalidSince }) => invalidSince)
  const issuer = shown.some((one) => one.issuer)
  const headings = [
    ...[voice.text('label_serial'), voice.text('state_revoked'), voice.text('label_reason')],
    ...(since ? [voice.text('extension_invalid_since')] : []),
    ...(issuer ? [voice.text('label_issuer')] : []),
  ]
  const rows = shown.map((one) => [
    ...[one.serial, voice.instant(one.revokedAt), one.reason],
    ...(since ? [one.invalidSince ? voice.instant(one.invalidSince) : ''] : []),
    ...(issuer ? [one.issuer ?? ''] : []),
  ])
  const more = count - shown.length
  const lines = [...table(headings, rows), ...(more > 0 ? [voice.text('inspect_more_entries', { count: more })] : [])]
  return lines.map((line) => `    ${line}`)
}

// A list may have a million entries; nobody reads them on a terminal.
export const MOST_ENTRIES = 50
