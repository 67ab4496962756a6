import type { RequestState } from '@scel/contract/values'
import type { Outcome } from '../../acts/collect.ts'
import { ForeignChain } from '../../acts/fetch-issued.ts'
import { CliError } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { plain } from '../../ui/plain.ts'
import type { Spoken, Voice } from '../../ui/voice.ts'
import { reasonText } from './request-words.ts'

type Unsaid = Extract<Outcome, { outcome: 'failed' }>

/** What `scel get` did about one request; with --json it is printed as it stands. */
export type GetOutcome =
  | Exclude<Outcome, Unsaid>
  | (Omit<Unsaid, 'why'> & { readonly error: Omit<Spoken, 'exit'>; readonly exit: ExitCode })

/** An outcome with why it failed in words. */
export function spokenOutcome(outcome: Outcome, voice: Voice): GetOutcome {
  if (outcome.outcome !== 'failed') return outcome
  const { why, ...rest } = outcome
  const { exit, ...error } = voice.words(why instanceof ForeignChain ? chainFailure(why, voice) : why)
  return { ...rest, error, exit }
}

function chainFailure({ why, isRootOther }: ForeignChain, voice: Voice): CliError {
  const facts = { reason: voice.words(why).message }
  return new CliError('certificate_chain_foreign', facts, why, isRootOther ? [voice.text('root_said_advice')] : [])
}

export function outcomeLines(outcome: GetOutcome, voice: Voice): string[] {
  const { number, commonName: name, state } = outcome
  switch (outcome.outcome) {
    case 'installed':
      return [
        voice.plain('get_installed', { number, name, until: voice.instant(outcome.notAfter) }),
        `  ${plain(outcome.folder)}`,
        ...(outcome.superseded.length > 0
          ? [voice.plain('get_superseded', { number, count: outcome.superseded.length })]
          : []),
      ]
    case 'already':
      return [voice.plain('get_installed_again', { number })]
    case 'downloaded':
      return [
        voice.plain('get_downloaded', { number, name, until: voice.instant(outcome.notAfter) }),
        ...Object.values(outcome.files).map((file) => `  ${plain(file)}`),
      ]
    case 'elsewhere':
      return [voice.plain('get_elsewhere', { number })]
    case 'older':
      return [voice.plain('get_older', { number, name, newer: outcome.newer })]
    case 'pending':
      return [voice.plain('get_pending', { number })]
    case 'unsigned':
      return [voice.plain('get_unsigned', { number })]
    case 'failed':
      return [voice.plain('get_failed', { number, reason: outcome.error.message })]
    case 'changed':
      if (state === 'rejected')
        return [voice.plain('get_rejected', { number, reason: reasonText(outcome.reason ?? '', voice) })]
      return [voice.plain('get_state', { number, state: voice.text(`state_${state}`) })]
  }
}

/**
 * Failed before not ready before refused before done: a script that waits for its certificate must see what keeps it.
 * `named` is when one request was asked for by its number.
 */
export function outcomeExit(all: readonly GetOutcome[], failures: readonly ExitCode[], named: boolean): ExitCode {
  for (const one of all) if (one.outcome === 'failed') return one.exit
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
