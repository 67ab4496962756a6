import type { Answer } from '../../src/testing/index.ts'

/** What the callers were told: what they may rely on whatever happens to the desk. */
export interface Ledger {
  /** By common name, which nobody asks for twice. */
  readonly submitted: Map<string, { readonly number: number; serial?: string }>
  readonly approved: Set<number>
  readonly rejected: Set<number>
  /** Ids of certificates. */
  readonly revoked: Set<string>
  /** By request: the certificate that was handed over. */
  readonly fetched: Map<number, string>
  /** Common names of submissions that were said to have changed nothing. */
  readonly denied: Set<string>
  /** Common names of submissions that nobody got a sure answer to. */
  readonly uncertain: Set<string>
  /** How often a caller was told each thing, and what the desk said when it failed. */
  readonly told: Map<string, number>
}

export const openLedger = (): Ledger => ({
  submitted: new Map(),
  approved: new Set(),
  rejected: new Set(),
  revoked: new Set(),
  fetched: new Map(),
  denied: new Set(),
  uncertain: new Set(),
  told: new Map(),
})

export const facts = ({ submitted, approved, rejected, revoked, fetched }: Ledger): number =>
  submitted.size + approved.size + rejected.size + revoked.size + fetched.size

/** What a call came to: `done`, certainly `nothing`, or nobody knows. */
export type Outcome = { readonly kind: 'done'; readonly answer: Answer } | { readonly kind: 'nothing' | 'unknown' }

/** Codes that promise that nothing was changed. */
const PROMISES: ReadonlySet<string> = new Set(['storage_full', 'storage_unavailable'])

/** Makes a call and says what its caller knows afterwards; whatever was said is counted. */
export async function outcomeOf(ledger: Ledger, act: () => Promise<Answer>): Promise<Outcome> {
  try {
    const answer = await act()
    if (answer.status === 200) return { kind: 'done', answer }
    const code = String(answer.json.code)
    count(ledger, `${answer.status} ${code}`)
    return { kind: answer.status < 500 || PROMISES.has(code) ? 'nothing' : 'unknown' }
  } catch (error) {
    count(ledger, `no answer`)
    if (!isCut(error)) throw error
    return { kind: 'unknown' }
  }
}

const count = ({ told }: Ledger, what: string): void => void told.set(what, (told.get(what) ?? 0) + 1)

/** What a caller meets when the desk is away, stands still, or was cut off in the middle of its answer. */
const isCut = (error: unknown): boolean => {
  const { code, message } = error as NodeJS.ErrnoException
  return (
    /ECONN|EPIPE|ETIMEDOUT|ERR_|ABORT|CERT_|NOT_YET_VALID|HAS_EXPIRED/.test(`${code}`) ||
    /socket|aborted|timed out|JSON/i.test(message)
  )
}
