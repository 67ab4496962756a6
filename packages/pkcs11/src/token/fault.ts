import { failToken, type TokenErrorCode } from '../errors/token-error.ts'
import { CKR } from '../module/constants.ts'
import { CallFault } from './connection.ts'

/** What a failed call is about. */
export interface Subject {
  readonly token: string
  readonly module: string
  /** Of the key, where there is one. */
  readonly key?: string
  /** Milliseconds that were waited. */
  readonly limit: number
}

/** Whether the token, or the process between, went away in the midst: opened again it may do what it was asked. */
export const isGone = ({ fault }: CallFault): boolean =>
  fault.kind === 'ended' || (fault.kind === 'rv' && GONE.has(fault.rv))

/** @throws TokenError always, for a CallFault; whatever else it was given */
export function tell(error: unknown, { token, module, key = '', limit }: Subject): never {
  if (!(error instanceof CallFault)) throw error
  const { fault } = error
  const { what } = fault
  switch (fault.kind) {
    case 'silent':
      return failToken('token_silent', { token, seconds: Math.ceil(limit / 1_000) }, error)
    case 'ended':
      return failToken('token_gone', { token, what }, error)
    case 'module':
      return failToken('module_unusable', { module, what }, error)
    case 'absent':
      return fault.count
        ? failToken('token_ambiguous', { token, count: fault.count }, error)
        : failToken('token_absent', { token }, error)
    case 'missing':
      return failToken('key_missing', { token, key }, error)
    case 'taken':
      return failToken('key_taken', { token, key }, error)
    case 'other':
      return failToken('token_failed', { token, what }, error)
    case 'rv': {
      const code = BY_RV[fault.rv]
      if (code === 'pin_wrong' || code === 'pin_locked') return failToken(code, { token }, error)
      if (code === 'key_refused') return failToken(code, { token, key, what }, error)
      return GONE.has(fault.rv)
        ? failToken('token_gone', { token, what }, error)
        : failToken('token_failed', { token, what }, error)
    }
  }
}

const BY_RV: Readonly<Record<number, TokenErrorCode>> = {
  [CKR.PIN_INCORRECT]: 'pin_wrong',
  [CKR.PIN_INVALID]: 'pin_wrong',
  [CKR.PIN_LEN_RANGE]: 'pin_wrong',
  [CKR.PIN_LOCKED]: 'pin_locked',
  [CKR.KEY_FUNCTION_NOT_PERMITTED]: 'key_refused',
  [CKR.KEY_TYPE_INCONSISTENT]: 'key_refused',
  [CKR.ARGUMENTS_BAD]: 'key_refused', // what SoftHSM says of parameters that it does not know
  [CKR.MECHANISM_INVALID]: 'key_refused',
  [CKR.MECHANISM_PARAM_INVALID]: 'key_refused',
}

/** Answers of a token that was taken away, or that nobody is logged in to any more. */
const GONE: ReadonlySet<number> = new Set([
  CKR.DEVICE_ERROR,
  CKR.DEVICE_REMOVED,
  CKR.KEY_HANDLE_INVALID,
  CKR.OBJECT_HANDLE_INVALID,
  CKR.SESSION_CLOSED,
  CKR.SESSION_HANDLE_INVALID,
  CKR.TOKEN_NOT_PRESENT,
  CKR.TOKEN_NOT_RECOGNIZED,
  CKR.USER_NOT_LOGGED_IN,
  CKR.CRYPTOKI_NOT_INITIALIZED,
])
