// Mailboxes in From, To and the like (RFC 5322 §3.4). The address is never decoded (RFC 2047 §5): an encoded word in it
// would be another address for whoever decodes it.

import { decodeWords, encodeWords } from './encoded-words.ts'
import { isOneLine } from './fields.ts'
import { malformed } from './malformed.ts'

/** Somebody mail comes from or goes to. */
export interface Mailbox {
  /** What they call themselves; anybody may call themselves anything. */
  readonly name?: string
  /** `local-part@domain`, as it was written. */
  readonly address: string
}

export interface Addresses {
  readonly mailboxes: readonly Mailbox[]
  /** Whether some stood in a group, `name: a@b, c@d;`. */
  readonly grouped: boolean
}

/** @throws mime_malformed */
export function readAddresses(text: string): Addresses {
  const tokens = tokensOf(text)
  const mailboxes: Mailbox[] = []
  let grouped = false
  let inGroup = false
  let held: Token[] = []
  const close = (): void => {
    if (held.length > 0) mailboxes.push(mailboxOf(held))
    held = []
  }
  for (const token of tokens) {
    if (token.kind === 'special' && token.text === ',') close()
    else if (token.kind === 'special' && token.text === ':' && !inGroup && !held.some(isAngle)) {
      if (held.length === 0) malformed('address')
      held = []
      inGroup = grouped = true
    } else if (token.kind === 'special' && token.text === ';' && inGroup) {
      close()
      inGroup = false
    } else held.push(token)
  }
  if (inGroup) malformed('address')
  close()
  return Object.freeze({ mailboxes: Object.freeze(mailboxes), grouped })
}

/** @throws mime_malformed for an address that is none, or a name with a line end in it */
export function writeMailbox({ name, address }: Mailbox): string {
  const read = readAddresses(address).mailboxes
  if (read.length !== 1 || read[0]!.address !== address) malformed('address')
  if (name === undefined || name === '') return address
  if (!isOneLine(name)) malformed('name')
  const written = encodeWords(name)
  if (written !== name || /^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~ ]+$/.test(name)) return `${written} <${address}>`
  return `"${name.replace(/["\\]/g, '\\$&')}" <${address}>`
}

interface Token {
  readonly kind: 'atom' | 'quoted' | 'domain' | 'special'
  readonly text: string
  readonly spaced: boolean
}

const isAngle = ({ kind, text }: Token): boolean => kind === 'special' && text === '<'

function mailboxOf(tokens: readonly Token[]): Mailbox {
  const open = tokens.findIndex(isAngle)
  if (open < 0) return Object.freeze({ address: addressOf(tokens) })
  const last = tokens.at(-1)!
  if (last.kind !== 'special' || last.text !== '>') malformed('address')
  const words = tokens.slice(0, open)
  // A name with specials in it belongs into quotes; programs disagree about what it says otherwise.
  if (words.some(({ kind, text }) => kind === 'special' && text !== '.' && text !== '@')) malformed('address')
  const address = addressOf(tokens.slice(open + 1, -1))
  const name = decodeWords(words.map(({ text, spaced }, at) => (spaced && at > 0 ? ' ' : '') + text).join('')).trim()
  return Object.freeze({ ...(name === '' ? {} : { name }), address })
}

/** addr-spec; white space and comments in it are obsolete (RFC 5322 §4.4) and not read. */
function addressOf(tokens: readonly Token[]): string {
  const at = tokens.findLastIndex(({ kind, text }) => kind === 'special' && text === '@')
  const [local, domain] = [tokens.slice(0, at), tokens.slice(at + 1)]
  if (at < 1 || domain.length === 0 || tokens.slice(1).some(({ spaced }) => spaced)) malformed('address')
  const literal = domain.length === 1 && domain[0]!.kind === 'domain'
  if (!dotted(domain) && !literal) malformed('address')
  if (!dotted(local) && !(local.length === 1 && local[0]!.kind === 'quoted')) malformed('address')
  const [first] = local
  const written = first!.kind === 'quoted' ? localPart(first!.text) : local.map(({ text }) => text).join('')
  return `${written}@${domain.map(({ text }) => text).join('')}`
}

/** Quotes that are not needed make no other address. */
const localPart = (text: string): string =>
  DOT_ATOM.test(text) ? text : `"${text.replace(/["\\]/g, (one) => `\\${one}`)}"`

const dotted = (tokens: readonly Token[]): boolean =>
  tokens.every(({ kind, text }) => kind === 'atom' || (kind === 'special' && text === '.')) &&
  DOT_ATOM.test(tokens.map(({ text }) => text).join(''))

function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let spaced = false
  let at = 0
  const push = (kind: Token['kind'], value: string): void => {
    tokens.push({ kind, text: value, spaced })
    spaced = false
  }
  while (at < text.length) {
    const one = text[at]!
    if (one === ' ' || one === '\t') {
      at++
      spaced = true
    } else if (one === '(') {
      at = afterComment(text, at)
      spaced = true
    } else if (one === '"') {
      const end = quotedEnd(text, at)
      push('quoted', text.slice(at + 1, end).replace(/\\(.)/gs, '$1'))
      at = end + 1
    } else if (one === '[') {
      const [literal] = /^\[[!-Z^-~]*\]/.exec(text.slice(at)) ?? malformed('address')
      push('domain', literal)
      at += literal.length
    } else if (SPECIALS.includes(one)) {
      push('special', one)
      at++
    } else {
      const [atom] = /^[^\x00-\x20\x7f()<>[\]:;@\\,."]+/.exec(text.slice(at)) ?? malformed('address')
      push('atom', atom)
      at += atom.length
    }
  }
  return tokens
}

function afterComment(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '(') depth++
    else if (text[at] === ')' && --depth === 0) return at + 1
  }
  return malformed('address')
}

function quotedEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at
  }
  return malformed('address')
}

const SPECIALS = '<>@,;:.'
const DOT_ATOM = /^[^\x00-\x20\x7f()<>[\]:;@\\,."]+(?:\.[^\x00-\x20\x7f()<>[\]:;@\\,."]+)*$/
