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

/** What a step found. `key`: the one that is tested; `chain`: common names, the server's own first; `saw`: what a desk said of the certificate; `clock`: how many milliseconds this machine's is ahead. */
export type ProbeFinding =
  | { readonly found: 'key'; readonly key: string; readonly folder: string }
  | { readonly found: 'name'; readonly host: string; readonly addresses: string }
  | { readonly found: 'connected'; readonly address: string; readonly port: number }
  | { readonly found: 'served_here'; readonly port: number }
  | { readonly found: 'chain'; readonly names: readonly string[] }
  | { readonly found: 'offered'; readonly name: string; readonly serial: string }
  | { readonly found: 'answered'; readonly status: number }
  | { readonly found: 'saw'; readonly subject: string; readonly serial: string; readonly days: number }
  | { readonly found: 'not_revoked'; readonly serial: string; readonly days: number }
  | { readonly found: 'clock'; readonly ahead: number }

export type ProbeStep =
  | { readonly step: StepName; readonly result: 'ok' | 'warning'; readonly finding: ProbeFinding }
  | { readonly step: StepName; readonly result: 'failed'; readonly why: unknown }

/** The steps of one test in the order they were made; after one that failed there is none. */
export interface ProbeReport {
  /** What the certificate was tested at. */
  readonly as: 'client' | 'server'
  readonly verdict: Verdict
  readonly steps: readonly ProbeStep[]
  /** Why it does not work, as the failed step has it. */
  readonly error?: unknown
  /** What the server saw, when it is a desk. */
  readonly saw?: unknown
}
