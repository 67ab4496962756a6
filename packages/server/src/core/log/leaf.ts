import { fromBase64Url, toBase64Url, utf8 } from '@scel/pki/bytes'
import { hmac } from '@scel/pki/crypto'
import type { AuditEvent } from '../audit/audit-event.ts'
import { canonical, type Json } from './canonical.ts'
import { PERSONAL_FACTS } from './personal-facts.ts'

// What an event is in the tree: one text, and of what is about people only commitments. What each commits to, and the salt that
// opens it, lie beside it and can be taken away: the leaf stays what it was. The format is in docs/log-format.md.

const LEAF_FORMAT = 'scel-log/1'

/** Where personal data stands in an event: `actor.name`, `facts.reason`. */
export type PersonalPath = 'actor.name' | 'actor.from' | 'target.name' | `facts.${string}`

/** What opens the commitment at each path: the salt, 16 octets in base64url. What was erased has none. */
export type Salts = { readonly [Path in PersonalPath]?: string }

/** An event with its number, as the log tells it: where something was erased, nothing. */
export interface LoggedEvent extends Omit<AuditEvent, 'actor' | 'action' | 'target' | 'facts'> {
  readonly number: number
  readonly action: string
  readonly actor: { readonly kind: string; readonly id?: string; readonly name?: string; readonly from?: string }
  readonly target: { readonly kind: string; readonly id: string; readonly name?: string }
  readonly facts: Readonly<Record<string, string | number | boolean>>
}

/** The personal data of an event. Parts of the desk that act are no people, and have no address. */
export function personalOf({ actor, target, facts }: Pick<LoggedEvent, 'actor' | 'target' | 'facts'>): PersonalData {
  const found: [PersonalPath, Scalar][] = []
  if (actor.name !== undefined && actor.kind !== 'desk') found.push(['actor.name', actor.name])
  if (actor.from !== undefined) found.push(['actor.from', actor.from])
  if (target.name !== undefined) found.push(['target.name', target.name])
  for (const name of Object.keys(PERSONAL_FACTS))
    if (facts[name] !== undefined) found.push([`facts.${name}`, facts[name]])
  return new Map(found)
}

type Scalar = string | number | boolean
export type PersonalData = ReadonlyMap<PersonalPath, Scalar>

/** HMAC-SHA-256 of the value's JSON under the salt, in base64url: nobody finds the value without the salt, nor another one with it. */
export const commitmentTo = async (value: Scalar, salt: string): Promise<string> =>
  toBase64Url(await hmac('SHA-256', fromBase64Url(salt), utf8(canonical(value))))

/** Salts for what in an event is personal. */
export const newSalts = (event: LoggedEvent, random: (length: number) => Uint8Array): Salts =>
  Object.fromEntries([...personalOf(event).keys()].map((path) => [path, toBase64Url(random(16))]))

/**
 * The leaf of an event.
 * @param salts for each of its personal data
 */
export async function leafOf(event: LoggedEvent, salts: Salts): Promise<string> {
  const commitments: Record<string, string> = {}
  for (const [path, value] of personalOf(event)) {
    const salt = salts[path]
    if (salt === undefined) throw new TypeError(`no salt for ${path}`)
    commitments[path] = await commitmentTo(value, salt)
  }
  return leafWith(event, commitments)
}

/** The same from commitments that are there already: how what was erased is written again. */
export function leafWith(event: LoggedEvent, commitments: Readonly<Record<string, string>>): string {
  const facts: Record<string, Json> = { ...event.facts }
  const actor: Record<string, Json> = { ...event.actor }
  const target: Record<string, Json> = { ...event.target }
  const parts: Readonly<Record<string, Record<string, Json>>> = { actor, target, facts }
  for (const [path, commitment] of Object.entries(commitments)) {
    const [part, name] = partsOf(path)
    parts[part]![name] = { commitment }
  }
  const { number, environment, organisation, at, action, outcome } = event
  const owner = organisation === undefined ? {} : { organisation }
  return canonical({
    ...{ format: LEAF_FORMAT, number, environment, ...owner, at, action, outcome },
    ...{ actor, target, facts },
  })
}

/** The commitments of a leaf by their paths; undefined where it is no leaf. */
export function commitmentsOf(leaf: string): Readonly<Record<string, string>> | undefined {
  try {
    const read = JSON.parse(leaf) as Record<string, Record<string, unknown>>
    if ((read.format as unknown) !== LEAF_FORMAT) return undefined
    const found: Record<string, string> = {}
    for (const part of PARTS) {
      for (const [name, value] of Object.entries(read[part]!)) {
        const commitment = (value as { readonly commitment?: unknown } | null)?.commitment
        if (typeof commitment === 'string') found[`${part}.${name}`] = commitment
      }
    }
    return found
  } catch {
    return undefined
  }
}

/** The number of the line that a leaf is of. @throws SyntaxError where it is no leaf */
export const numberOfLeaf = (leaf: string): unknown => (JSON.parse(leaf) as { readonly number?: unknown }).number

/**
 * The event that a leaf tells of, with the personal data that is given for it.
 * @returns undefined where it is no leaf
 */
export function eventOfLeaf(leaf: string, personal: Readonly<Record<string, Scalar>>): LoggedEvent | undefined {
  if (!commitmentsOf(leaf)) return undefined
  const { format: _, ...event } = JSON.parse(leaf)
  for (const part of PARTS) {
    for (const [name, value] of Object.entries(event[part])) {
      const path = `${part}.${name}`
      if (typeof value !== 'object') continue
      if (Object.hasOwn(personal, path)) event[part][name] = personal[path]
      else delete event[part][name]
    }
  }
  return event
}

const PARTS = ['actor', 'target', 'facts'] as const
const partsOf = (path: string): [string, string] => {
  const dot = path.indexOf('.')
  return [path.slice(0, dot), path.slice(dot + 1)]
}
