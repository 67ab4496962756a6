import type { CommanderError } from 'commander'
import { CliError } from './cli-error.ts'

/** What commander found wrong, in our words. Its message is English; what it quotes is what the person typed. */
export function usageFailure({ code, message }: CommanderError): CliError {
  const quoted = [...message.matchAll(/'([^']*)'/g)].map(([, text = '']) => text)
  const option = (quoted[0] ?? '').split(' ').find((word) => word.startsWith('--')) ?? quoted[0] ?? ''
  switch (code) {
    case 'commander.unknownOption':
      return new CliError('option_unknown', { option })
    case 'commander.unknownCommand':
      return new CliError('command_unknown', { command: quoted[0] ?? '' })
    case 'commander.optionMissingArgument':
      return new CliError('option_value_missing', { option })
    case 'commander.missingArgument':
      return new CliError('argument_missing', { argument: (quoted[0] ?? '').toUpperCase() })
    case 'commander.excessArguments':
      return new CliError('argument_extra', {})
    case 'commander.invalidArgument': {
      const expected = /Allowed choices are (.*)\.$/.exec(message)?.[1] ?? ''
      return new CliError('option_value_wrong', { option, value: quoted[1] ?? '', expected })
    }
    default:
      return new CliError('unexpected', { what: message })
  }
}
