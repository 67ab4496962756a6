import type { Problem } from '@scel/contract/values'

/** An answer that is not what was asked for: the desk's problem document, or why there is none. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: string
  readonly problem: Problem | undefined

  constructor(code: string, problem?: Problem, cause?: unknown) {
    super(problem?.detail ?? code, { cause })
    this.code = code
    this.problem = problem
  }
}

export const isRefusal = (error: unknown): error is Refusal => error instanceof Refusal

/** The caller is not signed in, or no longer. */
export const needsSignIn = (error: unknown): boolean =>
  isRefusal(error) && (error.code === 'sign_in_required' || error.code === 'session_ended')

/**
 * Reads a problem document (RFC 9457); anything else than one is not taken for one.
 *
 * @param changing whether what was asked for changes something, so that it may have been done
 */
export function refusalOf(status: number, body: unknown, changing: boolean): Refusal {
  if (isProblem(body)) return new Refusal(body.code, body)
  if (changing) return new Refusal('answer_lost')
  return new Refusal(status >= 502 ? 'desk_unreachable' : 'answer_unreadable')
}

function isProblem(body: unknown): body is Problem {
  if (typeof body !== 'object' || body === null) return false
  const { code, detail, hint } = body as Partial<Record<keyof Problem, unknown>>
  return typeof code === 'string' && typeof detail === 'string' && typeof hint === 'string'
}
