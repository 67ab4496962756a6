/**
 * What can be wrong with a token, with the facts that travel along: `token` is what the configuration calls it, `what` the call
 * and its answer.
 */
export interface TokenErrorFacts {
  /** The file of the module is not there, is no PKCS #11 module, or ended the process that loaded it. */
  module_unusable: { module: string; what: string }
  /** The URI is not one, or says what it may not. */
  token_uri_malformed: { what: string }
  /** The module answers and no slot has such a token. */
  token_absent: { token: string }
  /** Several slots have such a token: its serial number tells them apart. */
  token_ambiguous: { token: string; count: number }
  /** It said nothing for as long as it is waited for. */
  token_silent: { token: string; seconds: number }
  /** It was taken away, or its module ended, in the midst of a call, and once more after it was opened again. */
  token_gone: { token: string; what: string }
  /** As many callers as may already wait for it. */
  token_busy: { token: string; waiting: number }
  /** It answered with a fault of its own. */
  token_failed: { token: string; what: string }
  pin_missing: { token: string }
  pin_wrong: { token: string }
  /** One wrong PIN more would lock it, so none is tried: a person does that with the tools of the token. */
  pin_last_try: { token: string }
  pin_locked: { token: string }
  key_missing: { token: string; key: string }
  /** There is a key of this name already, and none is replaced; or there are several and none is chosen. */
  key_taken: { token: string; key: string }
  /** The key may not be used so, or the token cannot do it. */
  key_refused: { token: string; key: string; what: string }
}

export type TokenErrorCode = keyof TokenErrorFacts

/** What a token, or the module between, did not do. Decide by `code`. */
export class TokenError<C extends TokenErrorCode = TokenErrorCode> extends Error {
  override readonly name = 'TokenError'
  readonly code: C
  readonly facts: Readonly<TokenErrorFacts[C]>

  constructor(code: C, facts: TokenErrorFacts[C], cause?: unknown) {
    super(code.replaceAll('_', ' '), cause === undefined ? undefined : { cause })
    this.code = code
    this.facts = Object.freeze({ ...facts })
  }
}

/** Throws a {@link TokenError}. */
export function failToken<C extends TokenErrorCode>(code: C, facts: TokenErrorFacts[C], cause?: unknown): never {
  throw new TokenError(code, facts, cause)
}

export const isTokenError = (error: unknown): error is TokenError => error instanceof TokenError
export const hasTokenCode = <C extends TokenErrorCode>(error: unknown, code: C): error is TokenError<C> =>
  isTokenError(error) && error.code === code
