import type { DeskErrorCode, DeskErrorFacts } from './facts.ts'

/** What the desk refuses, or cannot do. Rules throw it; the edges turn its code into words (see `SENTENCES`). */
export class DeskError<C extends DeskErrorCode = DeskErrorCode> extends Error {
  override readonly name = 'DeskError'
  readonly code: C
  readonly facts: DeskErrorFacts[C]

  constructor(code: C, facts: DeskErrorFacts[C], cause?: unknown) {
    super(code.replaceAll('_', ' '), { cause })
    this.code = code
    this.facts = facts
  }
}

/** Throws a `DeskError`. @throws DeskError always */
export function refuse<C extends DeskErrorCode>(code: C, facts: DeskErrorFacts[C], cause?: unknown): never {
  throw new DeskError(code, facts, cause)
}

// Guards, because `instanceof` on a generic class narrows to DeskError<any> and loses the codes.
export const isDeskError = (error: unknown): error is DeskError => error instanceof DeskError
export const hasDeskCode = <C extends DeskErrorCode>(error: unknown, code: C): error is DeskError<C> =>
  isDeskError(error) && error.code === code
