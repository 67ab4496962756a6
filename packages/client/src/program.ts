import { Argument, Command as Commander, CommanderError, Help, Option } from 'commander'
import {
  COMMANDS,
  type Command,
  type CommandArgument,
  type CommandEntry,
  type CommandGroup,
  type CommandOption,
  Given,
} from './commands/index.ts'
import type { Outside } from './outside.ts'
import { defaultFolders, makePaths } from './state/paths.ts'
import { CliError, stop } from './ui/cli-error.ts'
import { EXIT, type ExitCode } from './ui/exit-code.ts'
import { chooseLanguage, languageOption } from './ui/language.ts'
import { type HelpKey, helpIn } from './ui/messages/index.ts'
import { usageFailure } from './ui/usage-failure.ts'
import { Voice } from './ui/voice.ts'

/** Runs one command line and returns its exit code. Nothing here ends the process. */
export async function runScel(argv: readonly string[], outside: Outside, version: string): Promise<ExitCode> {
  const asked = languageOption(argv)
  const language = chooseLanguage(asked, outside.env, outside.locale)
  const voice = new Voice(outside, language, asksForJson(argv))
  let exit: ExitCode = EXIT.done
  const program = build(voice, outside, version, async (command, given, folders) => {
    const paths = makePaths(outside, folders)
    const machine = async () => {
      const { realSystem, thisMachine } = await import('./machine/index.ts')
      return thisMachine(outside.platform, await realSystem())
    }
    const { openSession } = await import('./commands/input/session.ts')
    const session = openSession({ outside, voice, paths, machine })
    exit = await command.run(session, given).catch(async (error: unknown) => {
      const { adviseUnbelieved } = await import('./commands/desk/unbelieved-desks.ts')
      throw await adviseUnbelieved(session, error)
    })
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
  const help: HelpText = (key, facts) => helpIn(voice.language, key, facts)
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
    .usage(COMMAND_USAGE[voice.language])
    .description(help('program'))
    .version(version, '--version', help('version'))
    .helpCommand(false)
    .option('--json', help('json'))
    .addOption(new Option(`--lang <${help('value_language')}>`, help('lang')).choices(['en', 'fr']))
    .option(`--dir <${help('value_folder')}>`, help('dir', { folder: folders.state }))
    .option(`--machine-dir <${help('value_folder')}>`, help('machine_dir', { folder: folders.machine }))
    .addHelpText('after', `\n${exitCodes(help)}`)
  const complete = async (made: Commander): Promise<void> => {
    const command = await entries.get(made)?.load()
    if (!command) return
    made.usage(usageOf(command, help))
    for (const argument of command.arguments) made.addArgument(new Argument(shape(argument, help), help(argument.help)))
    for (const option of command.options) made.addOption(optionOf(option, help))
    made.action(async () => {
      const { dir, machineDir } = program.opts<{ dir?: string; machineDir?: string }>()
      const chosen = { ...(dir ? { state: dir } : {}), ...(machineDir ? { machine: machineDir } : {}) }
      await run(command, new Given(made.args, made.opts()), chosen)
    })
  }
  const entries = new Map<Commander, CommandEntry>()
  const add = (parent: Commander, entry: CommandEntry): void => {
    const made = parent.command(entry.name).description(help(entry.help))
    prepare(made)
    entries.set(made, entry)
  }
  for (const command of COMMANDS) {
    if (isGroup(command)) {
      const group = program.command(command.name).description(help(command.help))
      prepare(group)
      group
        .helpCommand(false)
        .usage(COMMAND_USAGE[voice.language])
        .hook('preSubcommand', (_, made) => complete(made))
      for (const member of command.commands) add(group, member)
    } else add(program, command)
  }
  program.hook('preSubcommand', (_, made) => complete(made))
  // In the place of commander's own, which does not wait until a command is loaded.
  const helper = program.command('help').description(help('help_command')).argument(HELP_ARGUMENT[voice.language])
  prepare(helper)
  helper.usage(HELP_ARGUMENT[voice.language]).action(async (words: readonly string[]) => {
    let about = program
    for (const word of words) {
      about = about.commands.find((one) => one.name() === word) ?? stop('command_unknown', { command: word })
      await complete(about)
    }
    about.help()
  })
  return program
}

type HelpText = (key: HelpKey, facts?: Record<string, string>) => string

const isGroup = (command: CommandEntry | CommandGroup): command is CommandGroup => 'commands' in command

function optionOf(option: CommandOption, help: HelpText): Option {
  const short = option.short ? `-${option.short}, ` : ''
  const made = new Option(
    `${short}--${option.name}${option.value ? ` <${help(option.value)}>` : ''}`,
    help(option.help),
  )
  if (option.choices) made.choices([...option.choices])
  if (option.default !== undefined) made.default(option.default)
  if (option.many) made.argParser(collect(option.choices, `--${option.name}`))
  return made
}

const shape = ({ name, required, many }: CommandArgument, help: HelpText): string => {
  const text = `${help(name)}${many ? '...' : ''}`
  return required ? `<${text}>` : `[${text}]`
}

const usageOf = (command: Command, help: HelpText): string =>
  ['[options]', ...command.arguments.map((argument) => shape(argument, help))].join(' ')

/** A repeatable option. A value is checked here, because commander's own check gives way to a parser. */
const collect =
  (choices: readonly string[] | undefined, option: string) =>
  (value: string, before: readonly string[] = []): readonly string[] => {
    if (choices && !choices.includes(value)) stop('option_value_wrong', { option, value, expected: choices.join(', ') })
    return [...before, value]
  }

function describe(option: Option, help: HelpText): string {
  const value = option.defaultValue
  return typeof value === 'string' ? `${option.description} (${help('default', { value })})` : option.description
}

function exitCodes(help: HelpText): string {
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

const COMMAND_USAGE = { en: '<command> [options]', fr: '<commande> [options]' } as const
const HELP_ARGUMENT = { en: '[command...]', fr: '[commande...]' } as const
const SHOWN: ReadonlySet<string> = new Set(['commander.help', 'commander.helpDisplayed', 'commander.version'])
const TITLES: Readonly<Record<string, HelpKey>> = {
  'Usage:': 'usage',
  'Arguments:': 'arguments',
  'Options:': 'options',
  'Global Options:': 'global_options',
  'Commands:': 'commands',
}
