import type { Problem } from '@scel/contract/values'
import { EXIT, type ExitCode } from './exit-code.ts'
import type { FailureCode, FailureFacts } from './messages/index.ts'

/** What a command could not do, with its facts. The voice turns the code into words in the language of the person. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly code: FailureCode
  readonly facts: Readonly<Record<string, string | number>>
  /** What else there is to do about it, in words: what is known of this machine, and not by whoever threw it. */
  readonly advice: readonly string[]

  constructor(
    code: FailureCode,
    facts: Readonly<Record<string, string | number>>,
    cause?: unknown,
    advice: readonly string[] = [],
  ) {
    super(code.replaceAll('_', ' '), { cause })
    this.code = code
    this.facts = facts
    this.advice = advice
  }

  get exit(): ExitCode {
    return EXITS[this.code] ?? EXIT.failed
  }
}

/** Throws a `CliError`; the compiler asks for the facts that the failure's sentences name. @throws CliError always */
export function stop<C extends FailureCode>(code: C, ...[facts]: FailureFacts<C>): never {
  throw new CliError(code, facts ?? {})
}

/** The desk answered with a problem: its sentences come from the desk, in the language that was asked for. */
export class DeskRefusal extends Error {
  override readonly name = 'DeskRefusal'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.code)
    this.problem = problem
  }
}

export const isCliError = (error: unknown): error is CliError => error instanceof CliError
export const isDeskRefusal = (error: unknown): error is DeskRefusal => error instanceof DeskRefusal
/** Whether the way to the desk failed, as against a refusal or a local failure. */
export const isConnectionFailure = (error: unknown): error is CliError =>
  isCliError(error) && error.exit === EXIT.connection

// Everything that is not listed is `failed`.
const EXITS: Partial<Record<FailureCode, ExitCode>> = {
  option_unknown: EXIT.usage,
  option_value_missing: EXIT.usage,
  option_value_wrong: EXIT.usage,
  option_missing: EXIT.usage,
  option_needs: EXIT.usage,
  options_exclude: EXIT.usage,
  option_not_for_kit: EXIT.usage,
  argument_missing: EXIT.usage,
  argument_wrong: EXIT.usage,
  argument_extra: EXIT.usage,
  command_unknown: EXIT.usage,
  anchor_missing: EXIT.usage,
  anchor_elsewhere: EXIT.usage,
  form_missing: EXIT.usage,
  names_missing: EXIT.usage,
  request_key_missing: EXIT.usage,
  purpose_missing: EXIT.usage,
  input_twice: EXIT.usage,
  request_ambiguous: EXIT.usage,
  certificate_several: EXIT.usage,
  identity_several: EXIT.usage,
  fingerprint_missing: EXIT.usage,
  root_unconfirmed: EXIT.usage,
  root_missing: EXIT.usage,
  desk_unknown: EXIT.usage,
  desk_ambiguous: EXIT.usage,
  desk_elsewhere: EXIT.usage,
  desk_needed: EXIT.usage,
  desk_unbelieved: EXIT.usage,
  desk_for_names: EXIT.usage,
  desk_forget_unsaid: EXIT.usage,
  recipient_needed: EXIT.usage,
  out_is_input: EXIT.usage,
  out_needed: EXIT.usage,
  danger_needs_out: EXIT.usage,
  signers_several: EXIT.usage,
  tsa_anchor_missing: EXIT.usage,
  tsa_url_missing: EXIT.usage,
  output_mixed: EXIT.usage,
  certificate_pending: EXIT.notReady,
  name_not_found: EXIT.connection,
  connection_refused: EXIT.connection,
  network_unreachable: EXIT.connection,
  no_answer: EXIT.connection,
  connection_lost: EXIT.connection,
  connection_failed: EXIT.connection,
  not_tls: EXIT.connection,
  tls_refused: EXIT.connection,
  desk_not_trusted: EXIT.connection,
  desk_certificate_expired: EXIT.connection,
  desk_certificate_early: EXIT.connection,
  desk_other_name: EXIT.connection,
  clock_ahead: EXIT.connection,
  clock_behind: EXIT.connection,
  answer_unreadable: EXIT.connection,
  certificate_not_accepted: EXIT.connection,
  certificate_mistaken: EXIT.connection,
  certificate_other_served: EXIT.connection,
  desk_changed: EXIT.connection,
  desk_silent: EXIT.connection,
  desk_wordless: EXIT.connection,
  desk_list_old: EXIT.connection,
  desk_unproven: EXIT.connection,
  submission_uncertain: EXIT.connection,
  service_not_trusted: EXIT.connection,
  tsa_unreadable: EXIT.connection,
  service_redirects: EXIT.connection,
  service_refused: EXIT.connection,
  service_answer_long: EXIT.connection,
  interrupted: EXIT.interrupted,
}
