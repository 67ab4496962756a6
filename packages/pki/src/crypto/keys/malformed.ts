import { fail, isPkiError } from '../../errors/index.ts'

export const keyMalformed = (what: string): never => fail('key_malformed', { what })

/**
 * Runs a reader of key bytes. What was wrong inside, and where, is not told: errors travel into logs, and an offset
 * into a private key is a fact about it.
 */
export function readingKey<T>(what: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (isPkiError(error) && CONCEALED.has(error.code)) return keyMalformed(what)
    throw error
  }
}

const CONCEALED: ReadonlySet<string> = new Set(['der_malformed', 'der_too_deep', 'oid_malformed', 'input_too_large'])
