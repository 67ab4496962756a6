import type { StampFileFacts } from '@scel/files/verdicts'
import { useRef, useState } from 'react'
import { type Pace, paceOf, type Step, withStep } from './pace.ts'
import type { ResultFile, Verified, Voucher } from './protocol.ts'
import type { Listening } from './workshop.ts'

/** How a job ended well. */
export type Outcome =
  | { readonly is: 'sealed' | 'signed'; readonly kept: ResultFile }
  | { readonly is: 'opened'; readonly kept: ResultFile; readonly authenticated: boolean }
  | { readonly is: 'verified'; readonly verified: Verified; readonly expected: string }
  | { readonly is: 'stamp'; readonly facts: StampFileFacts<Voucher>; readonly name: string }

export interface Running {
  readonly done: number
  readonly total: number
  readonly pace: Pace
}

export interface Job {
  readonly running: Running | undefined
  readonly outcome: Outcome | undefined
  readonly error: unknown
  /** Does one thing; `total` is the octets it reads. Nothing else may run meanwhile. */
  run(total: number, work: (listening: Required<Listening>) => Promise<Outcome>): Promise<void>
  stop(): void
  clear(): void
}

export function useJob(): Job {
  const [running, setRunning] = useState<Running>()
  const [outcome, setOutcome] = useState<Outcome>()
  const [error, setError] = useState<unknown>()
  const abort = useRef<AbortController>(undefined)
  const clear = () => {
    setOutcome(undefined)
    setError(undefined)
  }
  return {
    running,
    outcome,
    error,
    clear,
    stop: () => abort.current?.abort(),
    async run(total, work) {
      clear()
      const own = new AbortController()
      abort.current = own
      let steps: readonly Step[] = [{ at: performance.now(), done: 0 }]
      setRunning({ done: 0, total, pace: {} })
      const progress = (done: number) => {
        steps = withStep(steps, { at: performance.now(), done })
        setRunning({ done, total, pace: paceOf(steps, total) })
      }
      try {
        setOutcome(await work({ progress, signal: own.signal }))
      } catch (failure) {
        setError(failure)
      } finally {
        setRunning(undefined)
      }
    },
  }
}
