import { Worker } from 'node:worker_threads'
import { readPublicKey } from '@scel/pki/algorithms'
import type { TokenName } from '../module/protocol.ts'
import type { Prepared } from '../token/key.ts'
import { type EngineKey, engineKey } from './engine.ts'

/** Where a key is, in a form that goes to another thread. */
export interface TlsKeyOptions {
  /** What messages call the token. */
  readonly name: string
  readonly module: string
  readonly token: TokenName
  readonly pinSource?: string
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

/**
 * A key in a token for mutual TLS. Its thread asks the token while this one waits, which OpenSSL wants: a handshake blocks the program
 * for as long as the token takes, and for fifteen seconds at most.
 */
export function tlsKey(options: TlsKeyOptions): EngineKey {
  const { kind } = readPublicKey(options.publicKey)
  if (kind !== 'rsa' && kind !== 'ec') throw new TypeError(`no TLS with a key of kind ${kind}`)
  const shared = new SharedArrayBuffer(HEAD + ROOM)
  const state = new Int32Array(shared, 0, 2)
  const worker = new Worker(new URL('./tls-key.thread.ts', import.meta.url), { workerData: { options, shared } })
  worker.unref()
  return engineKey(options.publicKey, kind, (how, data) => {
    Atomics.store(state, 0, WAITING)
    worker.postMessage({ how, data } satisfies SignNowRequest)
    Atomics.wait(state, 0, WAITING, LIMIT)
    if (Atomics.load(state, 0) !== DONE) throw new Error('the token did not sign')
    return new Uint8Array(shared, HEAD, state[1]!).slice()
  })
}

/** Of the memory that both threads see: what became of it and how long it is, then the signature. */
export const HEAD = 8
const ROOM = 4_096
const WAITING = 0
export const DONE = 1
export const FAILED = 2
const LIMIT = 15_000
