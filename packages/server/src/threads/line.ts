import type { Transferable } from 'node:worker_threads'
import { errorOf, type Failure, failureOf } from './failure.ts'

/** What one thread may be asked by the other, by name. */
export type Questions = Readonly<Record<string, (input: never) => unknown>>

type Input<Q extends Questions, K extends keyof Q> = Parameters<Q[K]>[0]
type Answer<Q extends Questions, K extends keyof Q> = Awaited<ReturnType<Q[K]>>

/** A line between two threads, from one end of it. Both may ask. */
export interface Line<Theirs extends Questions> {
  /**
   * @param limit milliseconds to wait for the answer
   * @param given memory that goes over for good, instead of a copy
   * @throws NotAnswered; whatever the other side throws
   */
  ask<K extends keyof Theirs & string>(
    name: K,
    input: Input<Theirs, K>,
    limit: number,
    given?: readonly Transferable[],
  ): Promise<Answer<Theirs, K>>
  /** Says it and waits for nothing. */
  tell<K extends keyof Theirs & string>(name: K, input: Input<Theirs, K>): void
  /** Nobody is at the other end any more: refuses what is still asked, and whatever will be. */
  cut(reason: Error): void
}

/** The other thread is busy, or gone. */
export class NotAnswered extends Error {
  override readonly name = 'NotAnswered'

  constructor(question: string, milliseconds: number) {
    super(`“${question}” was not answered within ${milliseconds} ms`)
  }
}

/** Either end: a `Worker`, or the `parentPort` in it. */
interface Port {
  postMessage(message: unknown, transfer?: readonly Transferable[]): void
  on(event: 'message', listener: (message: Message) => void): unknown
}

type Message =
  | { readonly ask: string; readonly input: unknown; readonly id?: number }
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failure: Failure }

interface Waiting {
  readonly resolve: (answer: never) => void
  readonly reject: (reason: unknown) => void
}

/**
 * @param ours what this end is asked
 * @param given of an answer, the memory that goes over for good
 */
export function openLine<Theirs extends Questions>(
  port: Port,
  ours: Questions,
  given: (answer: unknown) => readonly Transferable[] = () => [],
): Line<Theirs> {
  const waiting = new Map<number, Waiting>()
  let asked = 0
  let gone: Error | undefined

  const answer = async (name: string, input: unknown, id: number | undefined): Promise<void> => {
    try {
      const said = await ours[name]!(input as never)
      if (id !== undefined) port.postMessage({ id, answer: said }, given(said))
    } catch (error) {
      if (id !== undefined) port.postMessage({ id, failure: failureOf(error) })
    }
  }
  port.on('message', (message) => {
    if ('ask' in message) return void answer(message.ask, message.input, message.id)
    const asker = waiting.get(message.id) // no longer there when it came too late
    if (asker && 'failure' in message) asker.reject(errorOf(message.failure))
    else if (asker && 'answer' in message) asker.resolve(message.answer as never)
  })

  return {
    ask: (name, input, limit, transfer = []) => {
      if (gone) return Promise.reject(gone)
      const id = ++asked
      const { promise, resolve, reject } = Promise.withResolvers<never>()
      const late = setTimeout(() => reject(new NotAnswered(name, limit)), limit)
      waiting.set(id, { resolve, reject })
      port.postMessage({ ask: name, input, id }, transfer)
      return promise.finally(() => {
        clearTimeout(late)
        waiting.delete(id)
      })
    },
    tell: (name, input) => port.postMessage({ ask: name, input }),
    cut: (reason) => {
      gone = reason
      for (const { reject } of waiting.values()) reject(reason)
    },
  }
}
