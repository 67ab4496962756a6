import { isIP } from 'node:net'
import { hasTokenCode, parseTokenUri } from '@scel/pkcs11'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import type { Parsed } from './option.ts'

// How the text of an option becomes a value. Each says what would have been right.

export const text =
  (max: number) =>
  (given: string): Parsed<string> =>
    given.length <= max && given.trim() !== '' && !/\p{Cc}/u.test(given)
      ? { value: given.trim() }
      : { fault: 'line_too_long', facts: { max: String(max) } }

/** A line that the desk says of itself: of no other letters than the contract lets it say. */
export const said =
  (schema: TSchema, max: number) =>
  (given: string): Parsed<string> => {
    const value = given.trim()
    if (value === '' || value.length > max) return { fault: 'line_too_long', facts: { max: String(max) } }
    return Value.Check(schema, value) ? { value } : { fault: 'letters_unseen' }
  }

export function port(given: string): Parsed<number> {
  const value = /^[0-9]{1,5}$/.test(given) ? Number(given) : 0
  return value >= 1 && value <= 65_535 ? { value } : { fault: 'not_a_port' }
}

export const wholeNumber =
  (min: number, max: number) =>
  (given: string): Parsed<number> => {
    const value = /^[0-9]{1,15}$/.test(given) ? Number(given) : Number.NaN
    return value >= min && value <= max
      ? { value }
      : { fault: 'not_a_whole_number', facts: { min: String(min), max: String(max) } }
  }

export const oneOf =
  <const T extends string>(...choices: readonly T[]) =>
  (given: string): Parsed<T> => {
    const value = choices.find((choice) => choice === given)
    return value === undefined ? { fault: 'not_one_of', facts: { choices: choices.join(', ') } } : { value }
  }

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** A name that certificates can carry: lower-case LDH labels (RFC 5890 §2.3.1), no address, no trailing dot. */
export function hostName(given: string): Parsed<string> {
  const value = given.toLowerCase()
  const labels = value.split('.')
  const fits = value.length <= 253 && labels.every((label) => LABEL.test(label)) && !/^[0-9]+$/.test(labels.at(-1)!)
  return fits ? { value } : { fault: 'not_a_host_name' }
}

/** Where to listen: an address of this machine, or a name for one. */
export function listenAddress(given: string): Parsed<string> {
  if (isIP(given)) return { value: given }
  return 'value' in hostName(given) ? { value: given } : { fault: 'not_a_network_address' }
}

/** `postgres://user@host/database`. A password would be seen in the list of processes, so it comes as a file. */
export function postgresAddress(given: string): Parsed<string> {
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) return { fault: 'not_a_postgres_address' }
  return url.password || url.searchParams.has('password') ? { fault: 'password_in_address' } : { value: given }
}

/** Where something is posted to. Nothing secret belongs into an address: it is shown and logged. */
export function webAddress(given: string): Parsed<string> {
  const url = URL.canParse(given) ? new URL(given) : undefined
  const fits = url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && url.hash === ''
  return fits ? { value: url.href } : { fault: 'not_a_web_address' }
}

/** A PKCS #11 URI (RFC 7512) that names a token by its label, and its module. A PIN in it would be seen by others: it comes as a file. */
export const token =
  (...wanted: readonly 'pin-source'[]) =>
  (given: string): Parsed<string> => {
    const missing = (what: string): Parsed<string> => ({ fault: 'not_a_token', facts: { what } })
    try {
      const uri = parseTokenUri(given)
      if (uri.token === undefined) return missing('token')
      if (uri.modulePath === undefined) return missing('module-path')
      return wanted.length > 0 && uri.pinSource === undefined ? missing('pin-source') : { value: given }
    } catch (error) {
      if (hasTokenCode(error, 'token_uri_malformed')) return missing(error.facts.what)
      throw error
    }
  }
