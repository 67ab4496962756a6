// Content-Type and Content-Disposition (RFC 2045 §5.1, RFC 2183), with long and foreign parameters (RFC 2231).

import { decodeCharset } from './charset.ts'
import { malformed } from './malformed.ts'

/** A value such as `text/plain`, and what was said of it. */
export interface ParameterField {
  /** In lower case. */
  readonly value: string
  /** By name in lower case. */
  readonly parameters: ReadonlyMap<string, string>
}

/** @throws mime_malformed, also for a parameter that is said twice: two readers would take different ones */
export function readParameterField(text: string, what: string): ParameterField {
  const scan = new Scanner(text, what)
  let value = scan.token()
  if (scan.take('/')) value += `/${scan.token()}`
  const pieces: Piece[] = []
  while (scan.take(';')) {
    if (scan.ended()) break
    const name = scan.token().toLowerCase()
    if (!scan.take('=')) malformed(what)
    pieces.push(pieceOf(name, scan.quotedOrToken(), what))
  }
  if (!scan.ended()) malformed(what)
  return Object.freeze({ value: value.toLowerCase(), parameters: joined(pieces, what) })
}

/** `name=value` as it is written: in quotes where a token cannot hold it, and by RFC 2231 beyond ASCII. */
export function writeParameter(name: string, value: string): string {
  if (/^[\x20-\x7e]*$/.test(value)) {
    return TOKEN.test(value) ? `${name}=${value}` : `${name}="${value.replace(/["\\]/g, '\\$&')}"`
  }
  // encodeURIComponent leaves ' ( ) * alone, which attribute-char has not (RFC 2231 §7).
  const encoded = encodeURIComponent(value).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)
  return `${name}*=utf-8''${encoded}`
}

interface Piece {
  readonly name: string
  /** Of a value in several pieces. */
  readonly section: number | undefined
  readonly encoded: boolean
  readonly value: string
}

function pieceOf(written: string, value: string, what: string): Piece {
  const [, name, section, star] = /^([^*]+)(?:\*(0|[1-9]\d?))?(\*)?$/.exec(written) ?? malformed(what)
  const number = section === undefined ? undefined : Number(section)
  return { name: name!, section: number, encoded: star !== undefined, value }
}

function joined(pieces: readonly Piece[], what: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (const [name, own] of Map.groupBy(pieces, (piece) => piece.name)) {
    values.set(name, oneOf(own, FREE.has(name), what))
  }
  return values
}

function oneOf(pieces: readonly Piece[], free: boolean, what: string): string {
  const isPlain = ({ section, encoded }: Piece): boolean => section === undefined && !encoded
  const plain = pieces.filter(isPlain)
  const foreign = pieces.filter((piece) => !isPlain(piece))
  // Only texts for people have a second spelling; a boundary in two spellings would be two boundaries.
  if (plain.length > 1 || (foreign.length > 0 && !free)) malformed(what)
  return foreign.length > 0 ? foreignValue(foreign, what) : plain[0]!.value
}

function foreignValue(pieces: readonly Piece[], what: string): string {
  const sorted = pieces.toSorted((a, b) => (a.section ?? 0) - (b.section ?? 0))
  if (sorted.length > 1 && sorted.some(({ section }, at) => section !== at)) malformed(what)
  if (sorted.length === 1 && (sorted[0]!.section ?? 0) !== 0) malformed(what)
  if (!sorted[0]!.encoded) {
    if (sorted.some(({ encoded }) => encoded)) malformed(what)
    return sorted.map(({ value }) => value).join('')
  }
  // Octets are written in ASCII (RFC 2231 §7).
  if (sorted.some(({ value }) => /[^\x00-\x7f]/.test(value))) malformed(what)
  const [, charset, first] = /^([^']*)'[^']*'(.*)$/s.exec(sorted[0]!.value) ?? malformed(what)
  const octets = sorted.flatMap(({ value, encoded }, at) => {
    const text = at === 0 ? first! : value
    return encoded ? percentOctets(text, what) : [...text].map((one) => one.charCodeAt(0))
  })
  return decodeCharset(Uint8Array.from(octets), charset!)
}

function percentOctets(text: string, what: string): number[] {
  const octets: number[] = []
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '%') octets.push(text.charCodeAt(i))
    else {
      const hex = text.slice(i + 1, i + 3)
      if (!/^[0-9a-f]{2}$/i.test(hex)) malformed(what)
      octets.push(Number.parseInt(hex, 16))
      i += 2
    }
  }
  return octets
}

class Scanner {
  #at = 0
  readonly #text: string
  readonly #what: string

  constructor(text: string, what: string) {
    this.#text = text
    this.#what = what
  }

  ended(): boolean {
    this.#blank()
    return this.#at >= this.#text.length
  }

  take(character: string): boolean {
    this.#blank()
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  token(): string {
    this.#blank()
    const [found] = /^[^\x00-\x20\x7f()<>@,;:\\"/[\]?=]+/.exec(this.#text.slice(this.#at)) ?? malformed(this.#what)
    this.#at += found.length
    return found
  }

  quotedOrToken(): string {
    this.#blank()
    if (this.#text[this.#at] !== '"') return this.token()
    let value = ''
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      const one = this.#text[this.#at]!
      if (one === '"') {
        this.#at++
        return value
      }
      value += one === '\\' ? (this.#text[++this.#at] ?? malformed(this.#what)) : one
    }
    return malformed(this.#what)
  }

  /** Spaces, and comments in as many brackets as there are (RFC 5322 §3.2.2). */
  #blank(): void {
    let depth = 0
    for (; this.#at < this.#text.length; this.#at++) {
      const one = this.#text[this.#at]!
      if (one === '(') depth++
      else if (depth > 0 && one === ')') depth--
      else if (depth > 0 && one === '\\') this.#at++
      else if (depth === 0 && one !== ' ' && one !== '\t') return
    }
    if (depth > 0) malformed(this.#what)
  }
}

const TOKEN = /^[!#$%&'*+\-.0-9A-Z^_`a-z{|}~]+$/
/** Parameters that people read; the others steer programs. */
const FREE: ReadonlySet<string> = new Set(['name', 'filename'])
