#!/usr/bin/env node
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import inspector from 'node:inspector'
import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { isatty } from 'node:tty'
import { refuse } from '@scel/contract/errors'
import { ENVIRONMENTS, type Environment } from '@scel/contract/values'
import { Command, Option } from 'commander'
import { type Logger, pino } from 'pino'
import { startDesk } from './app.ts'
import {
  type Config,
  ConfigRefused,
  type DataFolder,
  DataFolderHeld,
  flagOf,
  holdDataFolder,
  hostName,
  loadConfig,
  OPTION_NAMES,
  OPTIONS,
  publicNameOf,
} from './config/index.ts'
import { settledEntries } from './core/log/entries.ts'
import { type NoteKey, readCheckpoint, readNoteKey } from './core/log/note.ts'
import { verifyLog } from './core/log/verify.ts'
import { realWorld } from './core/world.ts'
import { type Keys, passphraseBytes } from './custody/index.ts'
import {
  askSecret,
  failureText,
  faultsText,
  isRecent,
  type LogStream,
  OPENSSL_FLOOR,
  openLog,
  refusedText,
  startPage,
  TEXTS,
  type Texts,
  visibleFacts,
} from './edge/terminal/index.ts'
import { callerLanguage, terminalLanguage } from './edge/words/language.ts'
import { type Facts, phrase } from './edge/words/phrase.ts'
import {
  acceptRestore,
  holdCeremony,
  inviteAdministrator,
  type LookedAt,
  lookAtRestored,
  migrateOutside,
  openErasing,
  openLogOf,
} from './host-commands.ts'
import { openOutside } from './opening.ts'
import { DatabaseTooNew, exportedLines, sqliteFailure } from './store/index.ts'

// The only file that knows the process: arguments, environment, terminal, signals, exit. Standard output carries what
// a command answers, standard error the log and what went wrong.

/** Milliseconds that calls under way have to finish when the desk is stopped. */
const GRACE = 10_000
/** And how many more the desk has for itself. */
const MORE = 5_000
/** How many the log has for what it did not write yet. */
const LAST_LINES = 1_000

refuseInspector()

const language = languageOf(process.argv)
const texts: Texts = TEXTS[language]

const program = new Command('scel-desk').description(texts.program).helpOption('-h, --help').helpCommand(false)
command('start', texts.commands.start)
  .option('--without-keys', texts.options.withoutKeys)
  .action((flags) => run(flags, (config) => start(config, flags)))
command('invite-admin', texts.commands.inviteAdmin)
  .addOption(new Option('--environment <name>', texts.options.environment).choices(ENVIRONMENTS).default('production'))
  .option('--admin-name <text>', texts.options.adminName)
  .option('--admin-email <address>', texts.options.adminEmail)
  .action((flags) => run(flags, (config) => inviteAdmin(config, flags)))
command('accept-restore', texts.commands.acceptRestore)
  .option('--yes', texts.options.yes)
  .option('--without-mark', texts.options.withoutMark)
  .action((flags) => run(flags, (config) => restore(config, flags)))
command('erase-person', texts.commands.erasePerson)
  .argument('<id>', texts.options.person)
  .addOption(
    new Option('--shown <fingerprint>', texts.options.shown).argParser((one, all: string[] = []) => [
      ...all,
      one.replaceAll(':', '').toLowerCase(), // as programs write fingerprints
    ]),
  )
  .addOption(new Option('--environment <name>', texts.options.environment).choices(ENVIRONMENTS).default('production'))
  .option('--yes', texts.options.yes)
  .action((id, { shown, ...flags }) => run(flags, (config) => erasePerson(config, id, { ...flags, shown })))
command('ceremony', texts.commands.ceremony).action((flags) => run(flags, ceremony))
command('migrate', texts.commands.migrate).action((flags) => run(flags, migrate))
const auditing = program.command('audit').description(texts.commands.audit).helpOption('-h, --help').helpCommand(false)
command('verify', texts.commands.auditVerify, auditing)
  .argument('[file]', texts.options.logFile)
  .option('--head <file>', texts.options.head)
  .addOption(new Option('--key <key>', texts.options.key).argParser((key, keys: string[] = []) => [...keys, key]))
  .action((file, { key, ...flags }) => run(flags, (config) => verify(config, file, { ...flags, key })))
command('export', texts.commands.auditExport, auditing)
  .argument('[file]', texts.options.logFile)
  .action((file, flags) => run(flags, (config) => exportLog(config, file)))
await program.parseAsync()

/**
 * Node opens its inspector at this signal, to whoever is on the host, with all that is in the memory of this process. It is not heard from here on, and
 * what it opened while the program was read is closed; one that was asked for with an option stays.
 */
function refuseInspector(): void {
  process.on('SIGUSR1', () => {})
  const asked = /--inspect(?:-brk|-wait)?(?:[=\s]|$)/.test([...process.execArgv, process.env.NODE_OPTIONS].join(' '))
  const close = (): void => {
    if (!asked && inspector.url() !== undefined) inspector.close()
  }
  close()
  setImmediate(close) // a signal that came before may still be on its way
}

function command(name: string, description: string, above: Command = program): Command {
  const made = above.command(name).description(description).option('--config <file>', texts.options.config)
  for (const option of OPTION_NAMES)
    made.option(`${flagOf(option)} ${OPTIONS[option].placeholder}`, texts.options[option])
  return made
}

type Flags = Readonly<Record<string, string | undefined>>

async function run(flags: Flags, act: (config: Config) => Promise<void>): Promise<void> {
  try {
    const file = flags.config ?? process.env.SCEL_CONFIG
    const config = loadConfig({ flags, environment: process.env, file })
    await act({ ...config, data: resolve(config.data) })
  } catch (error) {
    process.stderr.write(`scel-desk: ${explain(error)}\n`)
    process.exitCode = 1
  }
}

function explain(error: unknown): string {
  if (error instanceof ConfigRefused) return faultsText(error.problems, language)
  if (error instanceof DataFolderHeld) return refusedText('held', { path: error.path }, language)
  if (error instanceof DatabaseTooNew) {
    return refusedText('tooNew', { found: error.found, known: error.known }, language)
  }
  return (
    failureText(sqliteFailure(error), language) ??
    (error instanceof Error ? (error.stack ?? error.message) : String(error))
  )
}

async function start(config: Config, flags: Readonly<Record<string, unknown>>): Promise<void> {
  const folder = holdDataFolder(config.data)
  const level = config.logLevel ?? (isatty(2) ? 'warn' : 'info')
  const lines = openLog(2)
  process.stdout.on('error', () => undefined) // nobody may be reading any more: no reason for a desk to end
  const log = pino({ level }, lines)
  if (!isRecent(process.versions.openssl)) {
    log.warn(phrase(texts.start.oldCrypto, language, { found: process.versions.openssl, wanted: OPENSSL_FLOOR }))
  }
  const { keys, store, forged } = await openOutside(config, realWorld, log)
  let end: NodeJS.Timeout | undefined
  let isHeld = (): boolean => false
  try {
    const publicName = await publicNameOf(config, store, askPublicName)
    const desk = await startDesk({
      ...{ config, publicName, store, keys, forged, log },
      withoutKeys: flags.withoutKeys === true,
    })
    isHeld = desk.core.log.isSending
    try {
      const page = { ...desk, name: config.name, data: config.data, ownTls: config.tls === undefined }
      process.stdout.write(startPage(page, language))
      await stopSignal()
      log.info(texts.start.stopping)
    } finally {
      end = endAnyway(log, lines)
      await desk.stop(GRACE)
      log.info(texts.start.stopped)
    }
  } finally {
    await store.close()
    folder.release()
    await lines.end(LAST_LINES)
    end?.unref() // it ends now what has not ended by itself: a thread that hears nothing
  }
  if (isHeld()) endNow(0) // all is done; a folder for heads that does not answer cannot be called back
}

/**
 * What a stop waits for may never come, from a database that stands still or a thread in the midst of a call of the system: then
 * the process ends without it.
 */
function endAnyway(log: Logger, lines: LogStream): NodeJS.Timeout {
  const end = async (): Promise<void> => {
    log.error(texts.start.cut)
    await lines.end(LAST_LINES)
    endNow(1)
  }
  return setTimeout(() => void end(), GRACE + MORE)
}

/**
 * Ends the process, whatever its threads do. `process.exit` waits for each of them, those that open files for
 * Node too, until it is back in JavaScript. A signal would do for any process but the first of a container, which gets none
 * of its own; to become another program takes nobody along.
 */
function endNow(code: 0 | 1): never {
  if (process.platform === 'win32')
    process.kill(process.pid, 'SIGKILL') // which is its way to end, with code 1
  else {
    const env = { ...process.env, NODE_OPTIONS: '' }
    process.execve?.(process.execPath, [process.execPath, '--eval', `process.exit(${code})`], env)
  }
  process.exit(code)
}

async function inviteAdmin(config: Config, flags: Flags): Promise<void> {
  const { keys, store } = await openUnsigning(config)
  try {
    const environment = flags.environment as Environment
    const publicName = await publicNameOf(config, store, async () => 'localhost')
    const { adminName: name, adminEmail: email } = flags
    const input = { environment, language, ...(name && { name }), ...(email && { email }) }
    const { address, expiresAt } = await inviteAdministrator({ config, publicName, store, keys }, input)
    const { link, linkOnce } = texts.inviteAdmin
    process.stderr.write(`${phrase(link, language, { environment })}\n`)
    process.stdout.write(`${address}\n`)
    process.stderr.write(`${phrase(linkOnce, language, { expiresAt })}\n`)
  } finally {
    await store.close()
  }
}

/** What a command stands on that signs nothing, with a root least of all. */
function openUnsigning(config: Config): ReturnType<typeof openOutside> {
  const { root: _, ...tokens } = config.tokens
  const daily = { ...config, rootPassphraseFile: undefined, tokens }
  return openOutside(daily, realWorld, pino({ level: 'warn' }, pino.destination(2)), 'desk')
}

interface ErasingFlags {
  readonly environment: Environment
  readonly yes?: boolean
  readonly shown?: readonly string[]
}

async function erasePerson(config: Config, id: string, { environment, yes, shown }: ErasingFlags): Promise<void> {
  const {
    who,
    again,
    stays,
    ask,
    left,
    done,
    noFingerprint,
    unknown: notThere,
    unvouched: notTheirs,
  } = texts.erasePerson
  const say = (text: string, facts: Facts): void =>
    void process.stderr.write(`${phrase(text, language, visibleFacts(facts))}\n`)
  const odd = shown?.find((one) => !/^[0-9a-f]{64}$/.test(one))
  if (odd !== undefined) {
    say(`scel-desk: ${noFingerprint}`, { given: odd })
    process.exitCode = 1
    return
  }
  const { keys, store } = await openUnsigning(config)
  try {
    const publicName = await publicNameOf(config, store, async () => 'localhost')
    const erasing = await openErasing({ config, publicName, store, keys })
    const { name, email = '' } = await erasing.look(environment, id)
    say(name === '' ? again : who, { name, email })
    say(stays, {})
    if (yes !== true && !(await agrees(phrase(ask, language, {})))) {
      process.stdout.write(`${left}\n`)
      process.exitCode = 1
      return
    }
    const by = { kind: 'desk', name: 'erase-person' } as const
    const { rows, lines, unknown, unvouched } = await erasing.erase(by, environment, id, shown)
    process.stdout.write(`${phrase(done, language, { rows, lines })}\n`)
    for (const fingerprint of unknown) say(notThere, { fingerprint })
    for (const { kind, id } of unvouched) say(notTheirs, { kind, id })
  } finally {
    await store.close()
  }
}

async function restore(config: Config, flags: Readonly<Record<string, unknown>>): Promise<void> {
  const folder = holdDataFolder(config.data)
  try {
    const log = pino({ level: 'warn' }, pino.destination(2))
    const looked = await lookAtRestored(config, log)
    if (!(await agreesToRestore(looked, flags))) {
      process.stdout.write(`${texts.acceptRestore.left}\n`)
      process.exitCode = 1
      return
    }
    const { keys, store } = await openOutside(config, realWorld, log, 'restore', looked)
    try {
      const publicName = await publicNameOf(config, store, async () => 'localhost')
      await openRoots(keys)
      const { unpublished, foreign } = await acceptRestore({ config, publicName, store, keys })
      const say = (text: string, facts: Readonly<Record<string, string>>): void =>
        void process.stderr.write(`${phrase(text, language, facts)}\n`)
      for (const number of foreign) say(texts.acceptRestore.foreign, { number })
      for (const { authority, reason } of unpublished)
        say(texts.acceptRestore.unpublished, { authority: authority.name, reason: explain(reason) })
      process.stdout.write(`${texts.acceptRestore.done}\n`)
    } finally {
      await store.close()
    }
  } finally {
    folder.release()
  }
}

/** Says what is known of the loss, and asks. */
async function agreesToRestore(
  { found: compared }: LookedAt,
  flags: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const { older, whole, unread, log: ends, lists, revocations, others, lost, ask } = texts.acceptRestore
  const say = (text: string, facts = {}): void => void process.stderr.write(`${phrase(text, language, facts)}\n`)
  if ('unread' in compared) {
    say(unread, { reason: explain(compared.unread) })
    if (flags.withoutMark !== true) return false
  }
  const found = 'older' in compared ? compared.older : undefined
  if (found) say(older, { since: found.since })
  else if ('older' in compared) say(whole)
  if (found && found.log !== 'whole') say(ends[found.log])
  for (const one of found?.lists ?? []) say(lists, { ...one, marked: `${one.marked}`, found: `${one.found}` })
  for (const one of found?.revocations ?? []) say(revocations, { ...one })
  for (const { authority, number } of found?.others ?? []) say(others, { authority, number: `${number}` })
  say(lost)
  return flags.yes === true || agrees(phrase(ask, language, {}))
}

/** Whether somebody at a terminal typed yes. */
async function agrees(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^(y|yes|o|oui)$/i.test((await terminal.question(`${question} `)).trim())
  } finally {
    terminal.close()
  }
}

async function ceremony(config: Config): Promise<void> {
  const folder = holdOrJoin(config.data)
  try {
    const log = pino({ level: 'error' }, pino.destination(2))
    // Beside another process it may be a first start that is under way: of two that make the same keys, one would fail.
    const { keys, store } = await openOutside(config, realWorld, log, folder ? 'start' : 'desk')
    try {
      const publicName = await publicNameOf(config, store, askPublicName)
      await openRoots(keys)
      const { moved, completed, made, lists, nothing, failed, restart } = texts.ceremony
      const say = (text: string, facts = {}): void => void process.stdout.write(`${phrase(text, language, facts)}\n`)
      if (keys.rootsMoved > 0) say(moved, { count: keys.rootsMoved })
      const held = await holdCeremony({ config, publicName, store, keys })
      const { completed: begun, failed: unsigned } = held.recovered
      if (begun > 0) say(completed, { count: begun })
      if (held.made > 0) say(made, { count: held.made })
      if (held.lists > 0) say(lists, { count: held.lists })
      if (keys.rootsMoved + begun + held.made + held.lists + unsigned.length === 0) say(nothing)
      if (held.made + begun > 0 && !folder) say(restart)
      for (const { cause } of unsigned) {
        process.stderr.write(`scel-desk: ${phrase(failed, language, { reason: explain(cause) })}\n`)
        process.exitCode = 1
      }
    } finally {
      keys.signers.closeRoots()
      await store.close()
    }
  } finally {
    folder?.release()
  }
}

/** The data folder where nobody holds it, so that no desk starts meanwhile; undefined beside a desk that runs. */
function holdOrJoin(path: string): DataFolder | undefined {
  try {
    return holdDataFolder(path)
  } catch (error) {
    if (error instanceof DataFolderHeld) return undefined
    throw error
  }
}

/** Asks for the roots' passphrase where they have one, no file gave it, and somebody sits at a terminal. */
async function openRoots({ signers }: Keys): Promise<void> {
  if ((await signers.rootCustody()) !== 'away' || !process.stdin.isTTY) return
  const typed = await askSecret(texts.ceremony.askPassphrase)
  if (typed !== '') await signers.openRoots(passphraseBytes(typed))
}

interface Checking {
  readonly head?: string
  readonly key?: readonly string[]
}

async function verify(config: Config, file: string | undefined, { head: path, key: given }: Checking): Promise<void> {
  const head = path === undefined ? undefined : readCheckpoint(await readFile(path, 'utf8'))
  if (path !== undefined && !head) refuse('log_head_unreadable', { path })
  const keys: NoteKey[] = []
  for (const text of given ?? []) keys.push((await readNoteKey(text)) ?? refuse('log_key_invalid', { key: text }))
  const log = await openLogOf(config, file)
  try {
    const found = await verifyLog(log.entries, {
      ...{ now: realWorld.now(), ...(head && { head }), ...(keys.length > 0 && { keys }) },
    })
    const say = (text: string, facts: Facts): void =>
      void process.stdout.write(`${phrase(text, language, visibleFacts(facts))}\n`)
    const { whole, head: newest, follows, unproven, erased, key, keyGiven } = texts.audit
    say(whole, { lines: found.lines })
    say(newest, { size: found.head.size, at: found.head.at, root: found.root })
    if (head) say(follows, { size: head.size })
    if (found.unproven > 0) say(unproven, { count: found.unproven })
    if (found.erased > 0) say(erased, { count: found.erased })
    say(key, { key: found.key })
    if (!head && keys.length === 0) process.stderr.write(`${phrase(keyGiven, language, {})}\n`)
  } finally {
    await log.close()
  }
}

async function exportLog(config: Config, file: string | undefined): Promise<void> {
  const log = await openLogOf(config, file)
  try {
    for await (const line of exportedLines(settledEntries(log.entries, realWorld.now()))) {
      if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain')
    }
  } finally {
    await log.close()
  }
}

async function migrate(config: Config): Promise<void> {
  const folder = holdDataFolder(config.data)
  try {
    await migrateOutside(config)
    process.stdout.write(`${texts.migrate.done}\n`)
  } finally {
    folder.release()
  }
}

/** Asked until it is a host name; a start that nobody watches is called localhost. */
async function askPublicName(): Promise<string> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return 'localhost'
  const proposed = 'value' in hostName(hostname()) ? hostname().toLowerCase() : 'localhost'
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const leave = (): never => process.exit(130) // nothing was made yet
  terminal.once('SIGINT', leave)
  try {
    for (;;) {
      const typed = await terminal.question(`${texts.start.askPublicName} [${proposed}] `).catch(leave) // Ctrl-D
      const answer = typed.trim() || proposed
      const parsed = hostName(answer)
      if ('value' in parsed) return parsed.value
      process.stdout.write(`${texts.faults.not_a_host_name}\n`)
    }
  } finally {
    terminal.close()
  }
}

/**
 * Resolves at the first SIGTERM, SIGINT, or SIGHUP of a terminal that is closed. A later one ends the process as it stands, which loses nothing; within the
 * first second it is the same one again, since both a terminal and npm pass Ctrl-C on.
 */
function stopSignal(): Promise<void> {
  const { promise, resolve: stop } = Promise.withResolvers<void>()
  let first = 0
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (first === 0) first = performance.now()
      else if (performance.now() - first > 1_000) endNow(1)
      stop()
    })
  }
  return promise
}

// `--language` decides about the words of `--help` itself, so it is looked for before anything is parsed.
function languageOf(args: readonly string[]): 'en' | 'fr' {
  const at = args.findIndex((arg) => arg === '--language' || arg.startsWith('--language='))
  const given = at < 0 ? process.env.SCEL_LANGUAGE : (args[at]!.split('=')[1] ?? args[at + 1])
  return given ? callerLanguage(given) : terminalLanguage(process.env)
}
