import { FilesFailure } from './failure.ts'
import type { Failed, Order, Report, Work, WorkName } from './protocol.ts'

/** What was refused in the worker, with its code. */
export class WorkFailure extends Error {
  override readonly name = 'WorkFailure'
  readonly failed: Failed

  constructor(failed: Failed) {
    super(failed.code)
    this.failed = failed
  }
}

export interface Listening {
  readonly progress?: (done: number) => void
  readonly signal?: AbortSignal
}

interface Waiting {
  readonly resolve: (answer: never) => void
  readonly reject: (error: Error) => void
  readonly progress: ((done: number) => void) | undefined
}

/** The worker as the page speaks to it: one promise for each order. */
export class Workshop {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #orders = 0

  constructor(worker: Worker) {
    this.#worker = worker
    worker.addEventListener('message', ({ data }: MessageEvent<Report>) => this.#hear(data))
    worker.addEventListener('error', ({ message }) => this.#broken(message))
    worker.addEventListener('messageerror', () => this.#broken('messageerror'))
  }

  /** @throws WorkFailure with what the worker said */
  ask<K extends WorkName>(
    name: K,
    asked: Work[K]['asked'],
    { progress, signal }: Listening = {},
  ): Promise<Work[K]['answer']> {
    const id = this.#orders++
    return new Promise<Work[K]['answer']>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, progress })
      signal?.addEventListener('abort', () => this.#order({ id, do: 'abort' }), { once: true })
      this.#order({ id, do: name, asked } as Order)
    })
  }

  /** Keys are forgotten now; the worker ends when downloads had their time. */
  leave(): void {
    this.#order({ do: 'leave' })
  }

  #order(order: Order): void {
    this.#worker.postMessage(order)
  }

  #hear(report: Report): void {
    const waiting = this.#waiting.get(report.id)
    if (!waiting) return
    if (report.is === 'progress') {
      waiting.progress?.(report.done)
      return
    }
    this.#waiting.delete(report.id)
    if (report.is === 'answer') waiting.resolve(report.answer as never)
    else waiting.reject(new WorkFailure(report.failed))
  }

  #broken(what: string): void {
    for (const { reject } of this.#waiting.values()) reject(new FilesFailure('unexpected', { what }))
    this.#waiting.clear()
  }
}

/** A worker of its own for each visit of the page. */
export const startWorkshop = (): Workshop =>
  new Workshop(new Worker(new URL('./worker/entry.ts', import.meta.url), { type: 'module' }))
