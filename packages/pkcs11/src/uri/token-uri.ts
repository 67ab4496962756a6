// PKCS #11 URIs (RFC 7512): where a token is, which object of it is meant, which module speaks to it and where its PIN
// stands. A PIN itself is never in one: command lines and configuration files are read by others.

import { failToken } from '../errors/token-error.ts'

/** What a URI says. */
export interface TokenUri {
  /** Label of the token. */
  readonly token?: string
  readonly serial?: string
  readonly manufacturer?: string
  readonly model?: string
  /** Label of an object (CKA_LABEL). */
  readonly object?: string
  /** CKA_ID of an object. */
  readonly id?: Uint8Array
  /** Path of the module's file. */
  readonly modulePath?: string
  /** Path of a file with the PIN. */
  readonly pinSource?: string
}

/**
 * Reads a PKCS #11 URI.
 * @throws TokenError token_uri_malformed: also for a PIN in the URI, for what stands in it twice, and for what this program would
 *   have to ignore
 */
export function parseTokenUri(text: string): TokenUri {
  if (!isTokenUri(text)) return malformed('pkcs11:')
  const [path = '', query, ...rest] = text.slice(SCHEME.length).split('?')
  if (rest.length > 0) malformed('?')
  const found: Record<string, string | Uint8Array> = {}
  const read = (part: string, known: Readonly<Record<string, keyof TokenUri>>): void => {
    const at = part.indexOf('=')
    const name = part.slice(0, Math.max(at, 0))
    if (name === 'pin-value') malformed('pin-value')
    // Without what it is said to be: it may be a secret.
    const field = Object.hasOwn(known, name) ? known[name]! : malformed(name.slice(0, 40))
    if (field in found) malformed(name)
    const bytes = unescaped(part.slice(at + 1))
    found[field] = field === 'id' ? bytes : textOf(bytes, name)
  }
  for (const part of path.split(';').filter((one) => one !== '')) if (part !== 'type=private') read(part, PATH)
  for (const part of (query ?? '').split('&').filter((one) => one !== '')) read(part, QUERY)
  const { pinSource } = found as TokenUri
  if (pinSource !== undefined) found.pinSource = fileOf(pinSource)
  return found as TokenUri
}

/** Whether a text means to be a PKCS #11 URI. */
export const isTokenUri = (text: string): boolean => text.startsWith(SCHEME)

/** Writes one; an object is named by its label or its id. */
export function formatTokenUri(uri: TokenUri): string {
  const path = Object.entries(PATH).flatMap(([name, field]) => {
    const value = uri[field]
    if (value === undefined) return []
    return [`${name}=${typeof value === 'string' ? encodeURIComponent(value) : percent(value)}`]
  })
  const query = [
    ...(uri.modulePath === undefined ? [] : [`module-path=${escapedPath(uri.modulePath)}`]),
    ...(uri.pinSource === undefined ? [] : [`pin-source=file:${escapedPath(uri.pinSource)}`]),
  ]
  return `${SCHEME}${path.join(';')}${query.length > 0 ? `?${query.join('&')}` : ''}`
}

const SCHEME = 'pkcs11:'
const PATH: Readonly<Record<string, keyof TokenUri>> = {
  token: 'token',
  serial: 'serial',
  manufacturer: 'manufacturer',
  model: 'model',
  object: 'object',
  id: 'id',
}
const QUERY: Readonly<Record<string, keyof TokenUri>> = { 'module-path': 'modulePath', 'pin-source': 'pinSource' }

const malformed = (what: string): never => failToken('token_uri_malformed', { what })

function unescaped(text: string): Uint8Array {
  const bytes: number[] = []
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '%') {
      bytes.push(...Buffer.from(text[at]!, 'utf8'))
      continue
    }
    const hex = text.slice(at + 1, at + 3)
    bytes.push(/^[0-9a-fA-F]{2}$/.test(hex) ? Number.parseInt(hex, 16) : malformed('%'))
    at += 2
  }
  return Uint8Array.from(bytes)
}

function textOf(bytes: Uint8Array, name: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return text === '' ? malformed(name) : text
  } catch (error) {
    return failToken('token_uri_malformed', { what: name }, error)
  }
}

/** `file:/path`, `file:///path` or the path itself; a program whose output would be the PIN (`|command`) is not run. */
function fileOf(source: string): string {
  if (source.startsWith('|')) return malformed('pin-source')
  return source.replace(/^file:(\/\/(?=\/))?/, '')
}

const percent = (bytes: Uint8Array): string =>
  [...bytes].map((octet) => `%${octet.toString(16).padStart(2, '0')}`).join('')
const escapedPath = (path: string): string => path.split('/').map(encodeURIComponent).join('/')
