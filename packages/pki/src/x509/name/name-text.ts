// Reads names that people and programs wrote: the inverse of name-format.ts. The form is known before reading begins;
// no text is tried in one form and then in another.

import { checkDer } from '../../asn1/index.ts'
import { fromHex, fromUtf8, utf8 } from '../../bytes/index.ts'
import { fail, isPkiError } from '../../errors/index.ts'
import { attributeByLabel } from './attribute-label.ts'
import type { Name, NameInput, RawNameInput } from './name.ts'
import { buildName } from './name.ts'
import type { NameForm } from './name-format.ts'

/**
 * The name that a line of text means.
 * - `rfc4514`: `CN=pc-1,O=La Poste\, SA,C=FR`, least significant first (RFC 4514 §3; quotes as in RFC 2253 §4).
 * - `openssl`: `/C=FR/O=Scel/CN=pc-1` as after `-subj`, or `C = FR, O = "La Poste, SA"`, most significant first.
 * - `windows`: `CN=pc-1, O="La Poste, SA", C=FR`, least significant first, a quotation mark doubled.
 *
 * Attribute types go by any of their usual labels (`ST`, `S`, `stateOrProvinceName`) or by number (`2.5.4.3`,
 * `OID.2.5.4.3`); blanks around separators carry nothing. Without a form, a text that begins with `/` is OpenSSL's and
 * any other is RFC 4514. An empty text is the empty name.
 * @throws name_malformed, string_malformed, oid_malformed, der_malformed, input_too_large
 * @example
 * const name = parseNameText('CN=Ana,O=La Poste\\, SA,C=FR')
 * assert.equal(formatName(name, 'windows'), 'CN=Ana, O="La Poste, SA", C=FR')
 * assert.ok(sameName(name, parseNameText('/C=FR/O=La Poste, SA/CN=Ana')))
 */
export function parseNameText(text: string, form?: NameForm): Name {
  if (text.length > LONGEST) fail('input_too_large', { what: 'name', limit: LONGEST })
  if (!text.isWellFormed()) malformed('utf-16')
  const slashes = text.startsWith('/') && (form === undefined || form === 'openssl')
  const rules = slashes ? SLASHES : RULES[form ?? 'rfc4514']
  const steps = readSteps({ text, at: slashes ? 1 : 0 }, rules)
  return buildName(rules.leastFirst ? steps.reverse() : steps)
}

interface Rules {
  readonly separator: RegExp
  readonly leastFirst: boolean
  /** What stands unquoted; everything else needs quotes or an escape. */
  readonly plain: RegExp
  /** A backslash escapes: one of these characters, or (`hex`) two digits of an octet. */
  readonly escapes?: RegExp
  readonly hex?: boolean
  readonly quotes?: 'escaped' | 'doubled'
  readonly blanks: boolean
  /** What announces hexadecimal. */
  readonly hash?: RegExp
}

interface Cursor {
  readonly text: string
  at: number
}

const BACKSLASHED: Omit<Rules, 'leastFirst'> = {
  separator: /,/uy,
  plain: /[^,+"\\<>;]/uy,
  escapes: /[ "#+,;<=>\\]/uy,
  hex: true,
  quotes: 'escaped',
  blanks: true,
  hash: /#/uy,
}
const RULES: Readonly<Record<NameForm, Rules>> = {
  rfc4514: { ...BACKSLASHED, leastFirst: true },
  // OpenSSL prints a lone # bare and quotes any longer text that begins with one.
  openssl: { ...BACKSLASHED, leastFirst: false, hash: /#(?=[0-9a-f])/iuy },
  windows: {
    separator: /[,;]/uy,
    leastFirst: true,
    plain: /[^,+="\n<>#;]/uy,
    quotes: 'doubled',
    blanks: true,
    hash: /#/uy,
  },
}
const SLASHES: Rules = { separator: /\//uy, leastFirst: false, plain: /[^/+\\]/uy, escapes: /./suy, blanks: false }

function readSteps(cursor: Cursor, rules: Rules): (NameInput | RawNameInput)[][] {
  const steps: (NameInput | RawNameInput)[][] = []
  if (rules.blanks) skipBlanks(cursor)
  if (cursor.at === cursor.text.length) return steps
  do {
    const step = [readPair(cursor, rules)]
    while (take(cursor, /\+/uy)) step.push(readPair(cursor, rules))
    steps.push(step)
  } while (take(cursor, rules.separator))
  return cursor.at === cursor.text.length ? steps : malformed('unescaped character')
}

function readPair(cursor: Cursor, rules: Rules): NameInput | RawNameInput {
  const label = /[^=]*/y
  label.lastIndex = cursor.at
  const type = label.exec(cursor.text)![0].trim()
  cursor.at = label.lastIndex
  const dotted = /^(?:oid\.)?([0-2](?:\.[0-9]+)+)$/i.exec(type)?.[1] ?? attributeByLabel(type)?.oid
  if (dotted === undefined || !take(cursor, /=/uy)) return malformed('attribute type')
  if (rules.blanks) skipBlanks(cursor)
  if (rules.hash && take(cursor, rules.hash)) return { oid: dotted, valueDer: readHexValue(cursor, rules) }
  const quoted = rules.quotes !== undefined && take(cursor, /"/uy)
  const value = quoted ? readQuoted(cursor, rules) : readPlain(cursor, rules)
  if (quoted) skipBlanks(cursor)
  return { oid: dotted, value }
}

function readHexValue(cursor: Cursor, rules: Rules): Uint8Array {
  const start = cursor.at
  while (take(cursor, rules.plain)) {}
  const digits = cursor.text.slice(start, cursor.at).replaceAll(' ', '')
  if (!/^(?:[0-9a-f]{2})+$/i.test(digits)) return malformed('hexadecimal value')
  const der = fromHex(digits)
  checkDer(der, 'name attribute')
  return der
}

function readPlain(cursor: Cursor, rules: Rules): string {
  const octets: number[] = []
  // Blanks at the end belong to the value only when escaped.
  let length = 0
  for (;;) {
    const escaped = readEscape(cursor, rules, octets)
    const character = escaped ? undefined : take(cursor, rules.plain)
    if (!escaped && character === undefined) break
    if (character !== undefined) append(octets, character)
    if (character !== ' ' || !rules.blanks) length = octets.length
  }
  return textOf(octets.slice(0, length))
}

function readQuoted(cursor: Cursor, rules: Rules): string {
  const octets: number[] = []
  for (;;) {
    if (readEscape(cursor, rules, octets)) continue
    if (take(cursor, /"/uy)) {
      if (rules.quotes !== 'doubled' || !take(cursor, /"/uy)) return textOf(octets)
      octets.push(0x22)
    } else {
      append(octets, take(cursor, rules.quotes === 'doubled' ? /./suy : /[^\\]/uy) ?? malformed('quotation mark'))
    }
  }
}

function append(octets: number[], text: string): void {
  for (const octet of utf8(text)) octets.push(octet)
}

/** A backslash and what it protects, written to `octets` as UTF-8. */
function readEscape(cursor: Cursor, rules: Rules, octets: number[]): boolean {
  if (!rules.escapes || !take(cursor, /\\/uy)) return false
  const pair = rules.hex ? take(cursor, /[0-9a-f]{2}/iuy) : undefined
  if (pair !== undefined) octets.push(Number.parseInt(pair, 16))
  else append(octets, take(cursor, rules.escapes) ?? malformed('escape'))
  return true
}

/** Takes what matches right here; undefined when nothing does. Patterns are sticky, and `u` makes them whole characters. */
function take(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at
  const found = pattern.exec(cursor.text)?.[0]
  if (found !== undefined) cursor.at += found.length
  return found
}

function skipBlanks(cursor: Cursor): void {
  while (cursor.text[cursor.at] === ' ') cursor.at++
}

function textOf(octets: readonly number[]): string {
  try {
    return fromUtf8(Uint8Array.from(octets))
  } catch (error) {
    if (isPkiError(error)) return malformed('utf-8')
    throw error
  }
}

const malformed = (what: string): never => fail('name_malformed', { what })
// A name of this length does not fit any certificate that is in use.
const LONGEST = 16 * 1024
