import { Worker } from 'node:worker_threads'
import { readPublicKey } from '@scel/pki/algorithms'
import { type KeyAbsence, PkiError } from '@scel/pki/errors'
import type { TokenName } from '../module/protocol.ts'
import type { Prepared } from '../token/key.ts'
import { type EngineKey, engineKey } from './engine.ts'

/** Where a key is, in a form that goes to another thread. */
export interface TlsKeyOptions {
  /** What messages call the token. */
  readonly name: string
  readonly module: string
  readonly token: TokenName
  /** UTF-8. Kept by the thread, which logs in again when the token was away. */
  readonly pin?: Uint8Array
  /** CKA_ID. */
  readonly id: Uint8Array
  /** SPKI, DER. */
  readonly publicKey: Uint8Array
}

/** What is asked of the thread that signs. */
export interface SignNowRequest {
  readonly how: Prepared
  readonly data: Uint8Array
}

/** What a TLS context takes, and what it does not pass on: OpenSSL says of any key that it did not sign, and no more. */
export interface TlsKey extends EngineKey {
  /** Why the token gave no signature when it was asked last: `key_unavailable`. Undefined when it gave one, or was not asked. */
  readonly failure: () => PkiError<'key_unavailable'> | undefined
}

/**
 * A key in a token for mutual TLS. Its thread asks the token while this one waits, which OpenSSL wants: a handshake blocks the program
 * for as long as the token takes, and for fifteen seconds at most.
 */
export function tlsKey(options: TlsKeyOptions): TlsKey {
  const { kind } = readPublicKey(options.publicKey)
  if (kind !== 'rsa' && kind !== 'ec') throw new TypeError(`no TLS with a key of kind ${kind}`)
  const shared = new SharedArrayBuffer(HEAD + ROOM)
  const state = new Int32Array(shared, 0, 2)
  const worker = new Worker(new URL('./tls-key.thread.ts', import.meta.url), { workerData: { options, shared } })
  worker.unref()
  let failure: PkiError<'key_unavailable'> | undefined
  const key = engineKey(options.publicKey, kind, (how, data) => {
    failure = undefined
    Atomics.store(state, 0, WAITING)
    worker.postMessage({ how, data } satisfies SignNowRequest)
    Atomics.wait(state, 0, WAITING, LIMIT)
    const became = Atomics.load(state, 0)
    if (became === DONE) return new Uint8Array(shared, HEAD, state[1]!).slice()
    const why = (became === FAILED && ABSENCES[state[1]!]) || 'slow'
    failure = new PkiError('key_unavailable', { where: options.name, why })
    throw failure
  })
  return { ...key, failure: () => failure }
}

/** Of the memory that both threads see: what became of it; how long it is, or which of `ABSENCES`; then the signature. */
export const HEAD = 8
const ROOM = 4_096
const WAITING = 0
export const DONE = 1
export const FAILED = 2
const LIMIT = 15_000
export const ABSENCES: readonly KeyAbsence[] = ['absent', 'locked', 'pin', 'slow', 'refused', 'failed']
