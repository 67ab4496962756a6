import { fail, isPkiError } from '../errors/index.ts'
import type { Key, KeyVerb } from './key.ts'

/** What the key does when it is asked for this. @throws key_incapable */
export function verbOf<Verb extends KeyVerb>(key: Key, verb: Verb): NonNullable<Key[Verb]> {
  const does = key[verb] ?? fail('key_incapable', { what: verb })
  return (does as CallableFunction).bind(key) as NonNullable<Key[Verb]>
}

/**
 * Waits for a keeper's answer to what a stranger sent. Of what it throws only that passes which would be so whatever had been sent;
 * the rest is the stranger's doing and one with every other failure.
 */
export async function answered<T, U>(work: () => Promise<T>, failed: (error: unknown) => U): Promise<T | U> {
  try {
    return await work() // which may throw at once
  } catch (error) {
    if (isPkiError(error) && WHATEVER_IS_SENT.has(error.code)) throw error
    return failed(error)
  }
}

const WHATEVER_IS_SENT: ReadonlySet<string> = new Set(['algorithm_unsupported', 'key_incapable', 'key_unavailable'])
