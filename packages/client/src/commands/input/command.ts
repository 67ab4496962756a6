import type { ExitCode } from '../../ui/exit-code.ts'
import type { HelpKey } from '../../ui/messages/index.ts'
import type { Given } from './given.ts'
import type { Session } from './session.ts'

/** What a command takes and does: one file. Its name and what it is for stand in the list of `index.ts`. */
export interface Command {
  readonly arguments: readonly CommandArgument[]
  readonly options: readonly CommandOption[]
  /** @throws CliError, DeskRefusal, PkiError: the voice puts them into words */
  run(session: Session, given: Given): Promise<ExitCode>
}

/** One line in the list of commands. */
export interface CommandEntry {
  readonly name: string
  readonly help: HelpKey
  load(): Promise<Command>
}

/** Commands under one word, such as `scel key new`. */
export interface CommandGroup {
  readonly name: string
  readonly help: HelpKey
  readonly commands: readonly CommandEntry[]
}

export interface CommandArgument {
  readonly name: HelpKey
  readonly help: HelpKey
  readonly required: boolean
  /** The last one may stand for several. */
  readonly many?: boolean
}

export interface CommandOption {
  /** Without the dashes. */
  readonly name: string
  /** One letter, without the dash. */
  readonly short?: string
  readonly help: HelpKey
  /** What the value is called in the help; an option without one is a switch. */
  readonly value?: HelpKey
  readonly choices?: readonly string[]
  readonly default?: string
  /** May be given several times. */
  readonly many?: boolean
}

/** The option that narrows a command to the desks of one environment. */
export const ENVIRONMENT_OPTION: CommandOption = {
  name: 'environment',
  help: 'environment',
  value: 'value_environment',
  choices: ['production', 'test'],
}
