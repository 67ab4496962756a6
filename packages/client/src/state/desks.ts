// Which desk a person means. A desk is one for them, however many environments of it this machine has a record of.

import { nameKey } from '@scel/contract/letters'
import { stop } from '../ui/cli-error.ts'
import { deskLabelOf } from '../ui/desk-label.ts'
import type { DeskRecord, NamedRecord } from './desk-record.ts'

/** One desk with its records, one for each environment. */
export interface KnownDesk {
  /** What it is called in what is said: see {@link deskLabel}. */
  readonly label: string
  readonly records: readonly [NamedRecord, ...NamedRecord[]]
}

/** As {@link deskLabelOf}. */
export const deskLabel = ({ desk }: Pick<DeskRecord, 'desk'>): string => deskLabelOf(hostOf(desk), desk.name)

/** Host and port of its portal. */
export const hostOf = ({ services }: DeskRecord['desk']): string => new URL(services.portal).host

/** Records of one id under one root are of one desk. Sorted by label. */
export function desksOf(records: readonly NamedRecord[]): KnownDesk[] {
  const groups = new Map<string, [NamedRecord, ...NamedRecord[]]>()
  for (const named of records) {
    const { desk, roots } = named.record
    const key = `${desk.id}\n${roots.desk.trim()}`
    const group = groups.get(key)
    if (group) group.push(named)
    else groups.set(key, [named])
  }
  const desks = [...groups.values()].map((group) => ({ label: deskLabel(group[0].record), records: group }))
  return desks.sort((one, other) => (one.label < other.label ? -1 : 1)) // records lie in no order that anybody knows
}

/**
 * The desk that a word means: what it is called in what is said, its name, its host, host and port, its https address, or the name of one of
 * its records, which is its folder in the stores too. Desks choose their names themselves, so that only plain words are taken for one: nothing
 * that looks like an address, or like what is said of another desk, means a desk which has given itself that for a name.
 * @throws no_desk, desk_unknown, desk_ambiguous
 */
export function deskMeant(desks: readonly KnownDesk[], word: string): KnownDesk {
  if (desks.length === 0) stop('no_desk')
  const meant = desksNamed(desks, word)
  const [only, ...more] = meant
  if (!only) return stop('desk_unknown', { wanted: word, desks: labels(desks) })
  return more.length === 0 ? only : stop('desk_ambiguous', { wanted: word, desks: labels(meant) })
}

/** All that a word may mean, as {@link deskMeant} takes it. */
export const desksNamed = (desks: readonly KnownDesk[], word: string): KnownDesk[] =>
  desks.filter(({ records }) => records.some((named) => means(word.trim(), named)))

/** To choose from: where two are called the same, with the name of a record each. */
export function labels(desks: readonly KnownDesk[]): string {
  const twice = (label: string): boolean => desks.filter((desk) => desk.label === label).length > 1
  return desks.map(({ label, records }) => (twice(label) ? `${label} ${records[0].name}` : label)).join(' · ')
}

function means(word: string, { name, record: { desk } }: NamedRecord): boolean {
  const portal = new URL(desk.services.portal)
  if (/^https?:\/\//i.test(word)) return URL.canParse(word) && isAt(new URL(word), portal)
  if (word === name || word === deskLabel({ desk }) || isHost(word, portal)) return true
  return PLAIN.test(word) && nameKey(word) === nameKey(desk.name)
}

const PLAIN = /^[\p{L}\p{M}\p{N} _'’&,+–-]+$/u

const isAt = (one: URL, { origin }: URL): boolean => one.origin === origin && !one.username && !one.password

/** As it is typed into a browser: in any case, with the port or without, with a page or without. */
function isHost(word: string, portal: URL): boolean {
  if (/[@\\\s]/.test(word) || !URL.canParse(`https://${word}`)) return false
  const typed = new URL(`https://${word}`)
  return /^[^/?#]*:\d+([/?#]|$)/.test(word) ? typed.host === portal.host : typed.hostname === portal.hostname
}
