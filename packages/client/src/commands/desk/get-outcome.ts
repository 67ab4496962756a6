import type { RequestState } from '@scel/contract/values'
import type { HandedOver } from '../../state/hand-over.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { plain } from '../../ui/plain.ts'
import type { Spoken, Voice } from '../../ui/voice.ts'
import { reasonText } from './request-words.ts'

/** What `scel get` did about one request; with --json it is printed as it stands. */
export interface GetOutcome {
  readonly number: number
  readonly commonName: string
  readonly state: RequestState
  /**
   * `downloaded`: written into a folder, its key being elsewhere; `elsewhere`: it could be, and nobody said where to; `older`: another request has a
   * newer certificate of the same name, whose place it would take. `already`: it lay there, and only the confirmation was missing. `unsigned`: approved, and the desk could not sign yet. `changed`: the desk says
   * another state than before.
   */
  readonly outcome:
    | 'installed'
    | 'already'
    | 'downloaded'
    | 'elsewhere'
    | 'older'
    | 'pending'
    | 'unsigned'
    | 'changed'
    | 'failed'
  readonly folder?: string
  /** The request that has the newer certificate. */
  readonly newer?: number
  /** Of what was downloaded. */
  readonly files?: HandedOver
  readonly serial?: string
  readonly notAfter?: string
  readonly superseded?: readonly string[]
  readonly reason?: string
  readonly error?: Omit<Spoken, 'exit'>
  readonly exit?: ExitCode
}

export function outcomeLines(outcome: GetOutcome, voice: Voice): string[] {
  const { number, commonName: name, notAfter, superseded = [], folder, state, reason, error } = outcome
  switch (outcome.outcome) {
    case 'installed':
      return [
        voice.plain('get_installed', { number, name, until: notAfter ? voice.instant(notAfter) : '' }),
        ...(folder ? [`  ${plain(folder)}`] : []),
        ...(superseded.length > 0 ? [voice.plain('get_superseded', { number, count: superseded.length })] : []),
      ]
    case 'already':
      return [voice.plain('get_installed_again', { number })]
    case 'downloaded':
      return [
        voice.plain('get_downloaded', { number, name, until: notAfter ? voice.instant(notAfter) : '' }),
        ...Object.values(outcome.files ?? {}).map((file) => `  ${plain(file)}`),
      ]
    case 'elsewhere':
      return [voice.plain('get_elsewhere', { number })]
    case 'older':
      return [voice.plain('get_older', { number, name, newer: outcome.newer ?? 0 })]
    case 'pending':
      return [voice.plain('get_pending', { number })]
    case 'unsigned':
      return [voice.plain('get_unsigned', { number })]
    case 'failed':
      return [voice.plain('get_failed', { number, reason: error?.message ?? '' })]
    case 'changed':
      if (state === 'rejected')
        return [voice.plain('get_rejected', { number, reason: reasonText(reason ?? '', voice) })]
      return [voice.plain('get_state', { number, state: voice.text(`state_${state}`) })]
  }
}

/**
 * Failed before not ready before refused before done: a script that waits for its certificate must see what keeps it.
 * `named` is when one request was asked for by its number.
 */
export function outcomeExit(all: readonly GetOutcome[], failures: readonly ExitCode[], named: boolean): ExitCode {
  const failed = all.find(({ outcome }) => outcome === 'failed')
  if (failed) return failed.exit ?? EXIT.failed
  if (failures[0] !== undefined) return failures[0]
  const has = (...outcomes: GetOutcome['outcome'][]): boolean => all.some(({ outcome }) => outcomes.includes(outcome))
  if (has('installed', 'already', 'downloaded')) return EXIT.done
  if (has('pending', 'unsigned', 'elsewhere')) return EXIT.notReady
  const refused = all.some(
    ({ outcome, state }) => outcome === 'changed' && (named || state === 'rejected') && REFUSED.has(state),
  )
  return refused ? EXIT.failed : EXIT.done
}

const REFUSED: ReadonlySet<RequestState> = new Set(['rejected', 'cancelled', 'revoked', 'expired'])
