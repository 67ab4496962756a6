import type { Verdict } from '@scel/pki/cms'
import { isPkiError } from '@scel/pki/errors'

/** One verdict as data: it goes between threads and machines, and says nothing in any language. */
export type VerdictFacts =
  | { readonly is: 'good' }
  | { readonly is: 'not-asked' }
  | { readonly is: 'bad'; readonly why: Reason }

/** Why something does not hold: an error's code and the facts that go with it. */
export interface Reason {
  readonly code: string
  readonly facts: Readonly<Record<string, string | number>>
}

export function verdictFacts(verdict: Verdict | 'not-asked'): VerdictFacts {
  if (verdict === 'not-asked') return { is: 'not-asked' }
  return verdict.ok ? { is: 'good' } : { is: 'bad', why: reasonOf(verdict.error) }
}

/** An error that is a verdict; whatever else was thrown is a defect. @throws every error that is not the library's */
export function reasonOf(error: unknown): Reason {
  if (!isPkiError(error)) throw error
  return { code: error.code, facts: { ...error.facts } }
}
