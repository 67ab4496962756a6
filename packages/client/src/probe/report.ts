import type { TextKey } from '../ui/messages/index.ts'

/** In one word, what a test found; it is part of the --json interface. */
export type Verdict =
  | 'works'
  | 'expired'
  | 'not_yet_valid'
  | 'revoked'
  | 'unknown_authority'
  | 'wrong_purpose'
  | 'no_key'
  | 'key_unavailable'
  | 'no_certificate_seen'
  | 'server_not_trusted'
  | 'other_certificate'
  | 'unreachable'
  | 'refused'

export type StepName = 'key' | 'name' | 'connection' | 'server' | 'offered' | 'answer' | 'revocation' | 'clock'

export interface ProbeStep {
  readonly step: StepName
  readonly result: 'ok' | 'warning' | 'failed'
  readonly says: string
}

/** The steps of one test in the order they were made; after one that failed there is none. */
export interface ProbeReport {
  /** What the certificate was tested at. */
  readonly as: 'client' | 'server'
  readonly verdict: Verdict
  readonly steps: readonly ProbeStep[]
  /** Error of the failed step, for its words and hints. */
  readonly error?: unknown
  /** What the server saw, when it is a desk. */
  readonly saw?: unknown
}

export const STEP_LABELS: Readonly<Record<StepName, TextKey & `test_step_${string}`>> = {
  key: 'test_step_key',
  name: 'test_step_name',
  connection: 'test_step_connection',
  server: 'test_step_server',
  offered: 'test_step_offered',
  answer: 'test_step_answer',
  revocation: 'test_step_revocation',
  clock: 'test_step_clock',
}
