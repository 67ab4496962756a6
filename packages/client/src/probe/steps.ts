import type { Language } from '@scel/contract/errors'
import type { Identity, KeyStore } from '../keystores/index.ts'
import type { DeskRecord } from '../state/desk-record.ts'
import { stop } from '../ui/cli-error.ts'
import type { ProbeFinding, ProbeReport, ProbeStep, StepName } from './report.ts'
import { verdictOf } from './verdict.ts'

export interface ProbeInput {
  /** Of the desk that certified it; absent for one from elsewhere, which is tried at `url` alone. */
  readonly record?: DeskRecord
  readonly store: KeyStore
  readonly identity: Identity & { readonly certificate: Uint8Array }
  /** Another https address than the one that the kit knows. */
  readonly url?: URL
  /** Authorities that are trusted at that address too: PEM. */
  readonly anchors?: readonly string[]
  /** What a desk is asked to answer in. */
  readonly language: Language
  readonly signal: AbortSignal
  now(): Date
}

/** The desk that a certificate is tried at, where no other address is given. @throws test_needs_url */
export const deskOf = ({ record }: ProbeInput): DeskRecord => record ?? stop('test_needs_url')

/** Collects the steps of one test. The step that was begun last is the one that an error belongs to. */
export class Steps {
  readonly #done: ProbeStep[] = []
  #at: StepName = 'key'

  begin(step: StepName): void {
    this.#at = step
  }

  ok(finding: ProbeFinding, step: StepName = this.#at): void {
    this.#done.push({ step, result: 'ok', finding })
  }

  warn(finding: ProbeFinding, step: StepName): void {
    this.#done.push({ step, result: 'warning', finding })
  }

  works(as: ProbeReport['as'], saw?: unknown): ProbeReport {
    return { as, verdict: 'works', steps: this.#done, ...(saw === undefined ? {} : { saw }) }
  }

  failed(as: ProbeReport['as'], error: unknown): ProbeReport {
    const last: ProbeStep = { step: this.#at, result: 'failed', why: error }
    return { as, verdict: verdictOf(error, this.#at), steps: [...this.#done, last], error }
  }
}
