import { Argument, Command as Commander, CommanderError, Help, Option } from 'commander'
import { COMMANDS, type Command, Given, openSession } from './commands/index.ts'
import { realSystem, thisMachine } from './machine/index.ts'
import type { Outside } from './outside.ts'
import { defaultFolders, makePaths } from './state/paths.ts'
import { CliError, stop } from './ui/cli-error.ts'
import { EXIT, type ExitCode } from './ui/exit-code.ts'
import { chooseLanguage, languageOption } from './ui/language.ts'
import { type HelpKey, helpIn } from './ui/messages/index.ts'
import { Voice } from './ui/voice.ts'

/** Runs one command line and returns its exit code. Nothing here ends the process. */
export async function runScel(argv: readonly string[], outside: Outside, version: string): Promise<ExitCode> {
  const asked = languageOption(argv)
  const language = chooseLanguage(asked, outside.env, outside.locale)
  const voice = new Voice(outside, language, asksForJson(argv))
  let exit: ExitCode = EXIT.done
  const program = build(voice, outside, version, async (command, given, folders) => {
    const paths = makePaths(outside, folders)
    const machine = async () => thisMachine(outside.platform, await realSystem())
    exit = await command.run(openSession({ outside, voice, paths, machine }), given)
  })
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return exit
  } catch (error) {
    if (error instanceof CommanderError) {
      if (SHOWN.has(error.code)) return error.exitCode === 0 ? EXIT.done : EXIT.usage
      return voice.failure(usageFailure(error))
    }
    return voice.failure(outside.signal.aborted ? new CliError('interrupted', {}, error) : error)
  }
}

type Run = (command: Command, given: Given, folders: { state?: string; machine?: string }) => Promise<void>

function build(voice: Voice, outside: Outside, version: string, run: Run): Commander {
  const help = (key: HelpKey, facts?: Record<string, string>): string => helpIn(voice.language, key, facts)
  const program = new Commander('scel')
  const prepare = (command: Commander): void => {
    command
      .exitOverride()
      .configureOutput({ writeOut: outside.out, writeErr: outside.err, outputError: () => undefined })
      .configureHelp({
        styleTitle: (title) => help(TITLES[title] ?? 'options'),
        optionDescription: (option) => describe(option, help),
        visibleGlobalOptions: (one) => globalOptions(one),
        sortSubcommands: false,
        helpWidth: outside.columns ?? 100,
      })
      .helpOption('-h, --help', help('help'))
      .allowExcessArguments(false)
  }
  prepare(program)
  const folders = defaultFolders(outside)
  program
    .usage(voice.language === 'fr' ? '<commande> [options]' : '<command> [options]')
    .description(help('program'))
    .version(version, '--version', help('version'))
    .helpCommand(voice.language === 'fr' ? 'help [commande]' : 'help [command]', help('help_command'))
    .option('--json', help('json'))
    .addOption(new Option(`--lang <${help('value_language')}>`, help('lang')).choices(['en', 'fr']))
    .option(`--dir <${help('value_folder')}>`, help('dir', { folder: folders.state }))
    .option(`--machine-dir <${help('value_folder')}>`, help('machine_dir', { folder: folders.machine }))
    .addHelpText('after', `\n${exitCodes(help)}`)
  for (const command of COMMANDS) {
    const made = program.command(command.name).description(help(command.help))
    prepare(made)
    made.usage(usageOf(command, help))
    for (const argument of command.arguments) {
      const name = help(argument.name)
      made.addArgument(new Argument(argument.required ? `<${name}>` : `[${name}]`, help(argument.help)))
    }
    for (const option of command.options) {
      const made_ = new Option(`--${option.name}${option.value ? ` <${help(option.value)}>` : ''}`, help(option.help))
      if (option.choices) made_.choices([...option.choices])
      if (option.default !== undefined) made_.default(option.default)
      if (option.many) made_.argParser(collect(option.choices, `--${option.name}`))
      made.addOption(made_)
    }
    made.action(async () => {
      const { dir, machineDir } = program.opts<{ dir?: string; machineDir?: string }>()
      const chosen = { ...(dir ? { state: dir } : {}), ...(machineDir ? { machine: machineDir } : {}) }
      await run(command, new Given(made.args, made.opts()), chosen)
    })
  }
  return program
}

const usageOf = (command: Command, help: (key: HelpKey) => string): string =>
  [
    '[options]',
    ...command.arguments.map(({ name, required }) => (required ? `<${help(name)}>` : `[${help(name)}]`)),
  ].join(' ')

/** A repeatable option. A value is checked here, because commander's own check gives way to a parser. */
const collect =
  (choices: readonly string[] | undefined, option: string) =>
  (value: string, before: readonly string[] = []): readonly string[] => {
    if (choices && !choices.includes(value)) stop('option_value_wrong', { option, value, expected: choices.join(', ') })
    return [...before, value]
  }

function describe(option: Option, help: (key: HelpKey, facts?: Record<string, string>) => string): string {
  const value = option.defaultValue
  return typeof value === 'string' ? `${option.description} (${help('default', { value })})` : option.description
}

function exitCodes(help: (key: HelpKey) => string): string {
  const rows = Object.values(EXIT).map((code) => `  ${String(code).padEnd(4)} ${help(`exit_${code}`)}`)
  return [help('exit_codes'), ...rows].join('\n')
}

/** The options of the program that a command takes too; --version is the program's alone. */
function globalOptions(command: Commander): Option[] {
  const plain = new Help()
  plain.showGlobalOptions = true
  return plain.visibleGlobalOptions(command).filter(({ long }) => long !== '--version' && long !== '--help')
}

/** --json may stand anywhere before `--`; it must be known before the command line is known to be right. */
const asksForJson = (argv: readonly string[]): boolean => {
  const end = argv.indexOf('--')
  return (end < 0 ? argv : argv.slice(0, end)).includes('--json')
}

/** What commander found wrong, in our words. Its message is English; what it quotes is what the person typed. */
function usageFailure({ code, message }: CommanderError): CliError {
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

const SHOWN: ReadonlySet<string> = new Set(['commander.help', 'commander.helpDisplayed', 'commander.version'])
const TITLES: Readonly<Record<string, HelpKey>> = {
  'Usage:': 'usage',
  'Arguments:': 'arguments',
  'Options:': 'options',
  'Global Options:': 'global_options',
  'Commands:': 'commands',
}
