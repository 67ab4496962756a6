export interface SignInSearch {
  /** Code of the refusal, as the desk sent it back. */
  readonly refused?: string
  readonly signedOut?: boolean
}

export function parseSignInSearch(raw: Readonly<Record<string, unknown>>): SignInSearch {
  return {
    ...(typeof raw.refused === 'string' && /^[a-z_]{1,60}$/.test(raw.refused) ? { refused: raw.refused } : {}),
    ...(raw.signedOut === true ? { signedOut: true } : {}),
  }
}
