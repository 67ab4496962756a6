import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { KeySpec } from '@scel/pki/algorithms'
import type { PrivateKey } from '@scel/pki/crypto'
import { failToken, isTokenError, type TokenError } from '../errors/token-error.ts'
import type { CallName, Calls, KeyAttributes, ObjectName, TokenFacts, TokenName } from '../module/protocol.ts'
import { certificateFields, type TokenCertificate } from './certificate.ts'
import { CallFault, type Connection, connect } from './connection.ts'
import { isGone, type Subject, tell } from './fault.ts'
import { type TokenKey, tokenKey } from './key.ts'
import { numbersOf } from './private-numbers.ts'
import { typeOf } from './public-half.ts'

export interface TokenOptions {
  /** What messages call it. */
  readonly name: string
  /** Path of the module's file. */
  readonly module: string
  readonly token: TokenName
  /** CallMessage before each login; the bytes are erased afterwards. Undefined for a token with keys of its own (a PIN pad). */
  readonly pin?: () => Promise<Uint8Array>
  /** Milliseconds that a call may take; making a key has `makes`. @default 10 and 180 seconds */
  readonly limits?: { readonly call?: number; readonly makes?: number }
  /** Milliseconds for which a token that could not be opened, or was silent, is not asked again. @default 5 seconds */
  readonly pause?: number
}

/** What a new key is for. @default sign alone */
export type KeyUse = 'sign' | 'decrypt' | 'agree'

/** A token: nothing is loaded, and nobody logs in, before the first call. */
export interface Token {
  readonly name: string
  /** What it says of itself. No login. */
  facts(): Promise<TokenFacts>
  /** Every key that this program can use. */
  keys(): Promise<TokenKey[]>
  /** @throws TokenError key_missing; key_taken when several are called so */
  key(name: ObjectName): Promise<TokenKey>
  /**
   * Makes a key that never leaves.
   * @throws TokenError key_taken when there is one with this label; key_refused when the token makes no such keys
   */
  generate(spec: KeySpec, request: { readonly label: string; readonly uses?: readonly KeyUse[] }): Promise<TokenKey>
  /**
   * Puts in a key that was made elsewhere; from then on it does not leave the token.
   * @throws TokenError key_taken when there is one with this label; key_refused when the token holds no such keys
   */
  put(key: PrivateKey, request: { readonly label: string; readonly uses: readonly KeyUse[] }): Promise<TokenKey>
  certificates(name?: ObjectName): Promise<TokenCertificate[]>
  /** Puts a certificate beside the key of this id. */
  addCertificate(certificate: TokenCertificate): Promise<void>
  /** @returns how many objects were destroyed */
  remove(id: Uint8Array, what: 'certificates' | 'all'): Promise<number>
  /** Whether it answers, now: opens it where it is not open. @throws TokenError */
  look(): Promise<void>
  /** The process that holds its module, while there is one. */
  readonly pid: () => number | undefined
  /** Logs out and ends the process. The next call opens it again. */
  close(): void
}

/** How a key calls its token. */
export type CallToken = <N extends CallName>(
  name: N,
  input: Calls[N]['asks'],
  options?: { readonly key?: string; readonly once?: boolean; readonly limit?: number },
) => Promise<Calls[N]['answers']>

/**
 * A token by its module. One call at a time; each has its time, after which the process with the module is ended and whoever
 * waits is told. A token that went away in the midst is opened again, once, with a process of its own: the module is
 * initialised, the PIN given and the key found anew.
 */
export function openToken({ name, module, token, pin, limits = {}, pause = 5_000 }: TokenOptions): Token {
  const { call: usual = 10_000, makes = 180_000 } = limits
  let opened: { readonly connection: Connection; facts: TokenFacts } | undefined
  let loggedIn = false
  let shut: { readonly error: TokenError; readonly until: number } | undefined
  let refusedPin: Buffer | undefined
  let turn: Promise<unknown> = Promise.resolve()
  let waiting = 0

  const drop = (): void => {
    opened?.connection.kill()
    opened = undefined
    loggedIn = false
  }
  const about = (limit: number, key?: string): Subject => ({
    token: name,
    module,
    limit,
    ...(key !== undefined && { key }),
  })

  const open = async (): Promise<{ readonly connection: Connection; readonly facts: TokenFacts }> => {
    if (opened?.connection.alive()) return opened
    drop()
    const connection = connect()
    try {
      opened = { connection, facts: await connection.call('open', { module, name: token }, usual) }
      return opened
    } catch (error) {
      connection.kill()
      // A module that ends the process that loads it is no module.
      if (error instanceof CallFault && error.fault.kind === 'ended')
        return failToken('module_unusable', { module, what: error.fault.what }, error)
      return tell(error, about(usual))
    }
  }

  const logIn = async ({ connection, facts }: { connection: Connection; facts: TokenFacts }): Promise<void> => {
    if (loggedIn) return
    if (facts.loginRequired) {
      const { pad, lastTry, locked } = facts.pin
      if (locked) failToken('pin_locked', { token: name })
      if (lastTry) failToken('pin_last_try', { token: name })
      const given = pad ? undefined : pin ? await pin() : failToken('pin_missing', { token: name })
      const mark = given && createHash('sha256').update(given).digest()
      // What was refused once would only use up the tries that are left.
      if (mark && refusedPin && timingSafeEqual(mark, refusedPin)) failToken('pin_wrong', { token: name })
      try {
        await connection.call('login', { pin: given }, usual)
      } catch (error) {
        try {
          return tell(error, about(usual))
        } catch (told) {
          if (isTokenError(told) && told.code === 'pin_wrong') refusedPin = mark
          throw told
        }
      } finally {
        given?.fill(0)
      }
    }
    loggedIn = true
  }

  const attempt = async <N extends CallName>(
    call: N,
    input: Calls[N]['asks'],
    limit: number,
    key: string | undefined,
    times: number,
  ): Promise<Calls[N]['answers']> => {
    const before = opened?.connection
    const { connection } = await ready()
    try {
      return await connection.call(call, input, limit)
    } catch (error) {
      if (!(error instanceof CallFault)) throw error
      // A token that was drawn out, and is back, may know nothing of its keys until it is opened again.
      const lost = error.fault.kind === 'missing' && connection === before
      const [gone, silent] = [lost || isGone(error), error.fault.kind === 'silent']
      if (gone || silent) drop()
      if (gone && times > 1) return attempt(call, input, limit, key, times - 1)
      if (silent) shutFor(() => tell(error, about(limit, key)))
      return tell(error, about(limit, key))
    }
  }

  /** Whoever comes soon after a token that could not be opened hears the same, and no process is started for it. */
  const shutFor = (act: () => never): never => {
    try {
      return act()
    } catch (error) {
      if (isTokenError(error)) shut = { error, until: performance.now() + pause }
      throw error
    }
  }
  const ready = async (): Promise<{ readonly connection: Connection; readonly facts: TokenFacts }> => {
    if (shut && performance.now() < shut.until) throw shut.error
    shut = undefined
    try {
      const found = await open()
      await logIn(found)
      return found
    } catch (error) {
      drop()
      return shutFor(() => {
        throw error
      })
    }
  }

  const inTurn = async <T>(act: () => Promise<T>): Promise<T> => {
    if (waiting >= MOST_WAITING) failToken('token_busy', { token: name, waiting })
    waiting++
    const mine = turn.then(act)
    turn = mine.catch(() => {})
    try {
      return await mine
    } finally {
      waiting--
    }
  }

  const call: CallToken = (what, input, { key, once = false, limit = usual } = {}) =>
    inTurn(() => attempt(what, input, limit, key, once ? 1 : 2))

  const keyOf = (attributes: KeyAttributes): TokenKey | undefined => tokenKey(name, attributes, call)

  /** A key may have been made as the module ended. Nobody knows of it, and nobody would ever use it. */
  const wholly = (id: Uint8Array, made: Promise<KeyAttributes>): Promise<KeyAttributes> =>
    made.catch(async (error: unknown) => {
      await call('remove', { id, what: 'all' }, { once: true }).catch(() => undefined)
      throw error
    })

  return {
    name,
    facts: () =>
      inTurn(async () => {
        if (shut && performance.now() < shut.until) throw shut.error
        return (await open()).facts
      }),
    keys: async () => (await call('keys', {})).flatMap((attributes) => keyOf(attributes) ?? []),
    key: async (which) => {
      const called = which.label ?? Buffer.from(which.id ?? []).toString('hex')
      return keyOf(await call('key', which, { key: called })) ?? failToken('key_missing', { token: name, key: called })
    },
    generate: async (spec, { label, uses = ['sign'] }) => {
      const type = typeOf(spec) ?? failToken('key_refused', { token: name, key: label, what: spec })
      const request = { label, id: randomBytes(20), type, can: allowed(type.kind, uses) }
      const made = await wholly(request.id, call('generate', request, { key: label, once: true, limit: makes }))
      return keyOf(made) ?? failToken('token_failed', { token: name, what: 'generate' })
    },
    put: async (key, { label, uses }) => {
      const numbers = (await numbersOf(key)) ?? failToken('key_refused', { token: name, key: label, what: key.spec })
      const request = { label, id: randomBytes(20), key: numbers, can: allowed(numbers.kind, uses) }
      const put = call('put', request, { key: label, once: true, limit: makes }).finally(() => {
        for (const secret of numbers.secrets) secret.fill(0)
      })
      return keyOf(await wholly(request.id, put)) ?? failToken('token_failed', { token: name, what: 'put' })
    },
    certificates: async (which = {}) => [...(await call('certificates', which))],
    addCertificate: async (certificate) =>
      call('addCertificate', { ...certificate, ...certificateFields(certificate.certificate) }, { once: true }),
    remove: (id, what) => call('remove', { id, what }, { once: true }),
    look: () => call('look', {}),
    pid: () => (opened?.connection.alive() ? opened.connection.pid : undefined),
    close: () => {
      opened?.connection.close()
      opened = undefined
      loggedIn = false
      shut = undefined
    },
  }
}

const allowed = (kind: 'rsa' | 'ec', uses: readonly KeyUse[]): KeyAttributes['can'] => ({
  sign: uses.includes('sign'),
  decrypt: kind === 'rsa' && uses.includes('decrypt'),
  agree: kind === 'ec' && uses.includes('agree'),
})

/** Callers in turn: at some hundred signatures a second the last of them waits for its time at most. */
const MOST_WAITING = 1_000
