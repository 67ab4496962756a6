import type { Environment } from '@scel/contract/values'
import { pemEncode } from '@scel/pki/bytes'
import type { Certificate } from '@scel/pki/x509'
import { fingerprint, formatName } from '@scel/pki/x509'
import type { StatementDoor } from '../../enrol/doors.ts'
import { knownOf } from '../../enrol/doors.ts'
import { certificateOf } from '../../enrol/verify-issued.ts'
import { changeKnownDesk, type NamedRecord } from '../../state/desk-record.ts'
import { deskLabel, deskMeant, desksNamed, desksOf, type KnownDesk, labels } from '../../state/desks.ts'
import { withRoot } from '../../state/record-changes.ts'
import {
  type Anchor,
  anchorOf,
  defaultKind,
  rootOfDesk,
  rootOfFile,
  runTool,
  STORE_KINDS,
  type TrustStore,
  trustStores,
} from '../../trust/index.ts'
import { stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { terminalPrompts } from '../../ui/prompts.ts'
import { pairs } from '../../ui/table.ts'
import { type Command, ENVIRONMENT_OPTION } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import { httpsUrl } from './test.ts'

/** `scel trust`: puts the desk's root where this user's browsers, or this system, look for roots. */
export const trust: Command = {
  arguments: [],
  options: [
    { name: 'root', help: 'trust_root', value: 'value_file' },
    { name: 'desk', help: 'trust_desk', value: 'value_desk' },
    { ...ENVIRONMENT_OPTION, help: 'trust_environment' },
    { name: 'fingerprint', help: 'trust_fingerprint', value: 'value_fingerprint' },
    { name: 'store', help: 'trust_store', value: 'value_store', choices: STORE_KINDS, many: true },
    { name: 'remove', help: 'trust_remove' },
    { name: 'yes', help: 'trust_yes' },
  ],
  run: runTrust,
}

type Change = 'added' | 'already' | 'removed' | 'absent'
type Result = Change | 'failed'

async function runTrust(session: Shell & State & StatementDoor, given: Given): Promise<ExitCode> {
  const { voice, outside } = session
  const wanted = parseFingerprint(given.text('fingerprint'))
  const { root, desk, confirms } = await findRoot(session, given, wanted)
  const remove = given.flag('remove')
  const anchor = await anchorOf(root, remove ? undefined : outside.now())
  const subject = formatName(root.subject, 'rfc4514')
  voice.lines(
    pairs([
      ...(desk === undefined ? [] : [[voice.text('label_desk'), desk] as const]),
      [voice.text('trust_root'), subject],
      [voice.text('label_fingerprint'), spaced(anchor.fingerprint)],
    ]),
  )
  await confirm(session, given, anchor, wanted, remove)
  if (confirms && !remove) {
    const pem = pemEncode('CERTIFICATE', root.der)
    await changeKnownDesk(session.paths, confirms, (present) => withRoot(present, pem))
  }

  const kinds = given.list('store')
  const stores = await storesOf(session, kinds.length > 0 ? kinds : [defaultKind(outside.platform)])
  const results: { store: string; where: string; result: Result; error?: unknown }[] = []
  for (const store of stores) {
    session.checkpoint()
    const name = voice.text(store.kind === 'nss' ? 'trust_store_nss' : 'trust_store_system', { where: store.where })
    try {
      const result = await (remove ? takeOut(store, anchor) : putIn(store, anchor))
      results.push({ store: store.kind, where: store.where, result })
      voice.data(voice.plain(`trust_${result}`, { store: name }))
    } catch (error) {
      const { exit: _, ...spoken } = voice.words(error)
      results.push({ store: store.kind, where: store.where, result: 'failed', error: spoken })
      voice.data(voice.plain('trust_failed', { store: name, reason: spoken.message }))
      for (const hint of spoken.hints) voice.hint(hint)
    }
  }
  voice.result(
    { ...(desk === undefined ? {} : { desk }), root: { subject, fingerprint: anchor.fingerprint }, stores: results },
    () => [],
  )
  if (results.some(({ result, store }) => store === 'nss' && CHANGED.has(result))) voice.say('trust_restart')
  return results.some(({ result }) => result === 'failed') ? EXIT.failed : EXIT.done
}

interface Found {
  readonly root: Certificate
  /** Of the records of its desk, the one whose environment's root it becomes once it was compared. */
  readonly confirms?: NamedRecord
  /** The desk of this user whose root it is known to be. */
  readonly desk?: string
}

/**
 * The root asked for; without an option, that of the desk that a certificate was asked from. Of a desk at which this user has enrolled,
 * it is production's, which is its id, or that of the environment that is named; the fingerprint that a person typed may mean any of the desk's. Of
 * another desk it is fetched, and has to have that fingerprint.
 * @throws root_missing, desk_needed, desk_unknown, desk_ambiguous, desk_unbelieved, fingerprint_missing, root_unconfirmed, what `rootOfFile` and `rootOfDesk` throw
 */
async function findRoot(
  session: Shell & State & StatementDoor,
  given: Given,
  wanted: string | undefined,
): Promise<Found> {
  const { desks: known, outside } = session
  const file = given.text('root')
  const word = given.text('desk')
  if (file !== undefined && word !== undefined) stop('options_exclude', { one: '--root', other: '--desk' })
  if (file !== undefined) return { root: await rootOfFile(file) }
  const desks = desksOf(await known.records())
  const url = word?.includes('://') ? httpsUrl(word, '--desk') : undefined
  const fetched = async (from: URL): Promise<Found> => ({
    root: await rootOfDesk(from, wanted ?? stop('fingerprint_missing'), outside.signal),
  })
  const isUnheard = url && desksNamed(desks, url.href).every((one) => believedOf(one).length === 0)
  // By its address and the fingerprint that was typed, the root of one that is not believed is as good as a stranger's.
  if (isUnheard && (wanted !== undefined || desksNamed(desks, url.href).length === 0)) return fetched(url)
  const meant = word === undefined ? onlyOf(desks) : deskMeant(desks, url?.href ?? word)
  const { label } = meant
  const records = believedOf(meant)
  if (records.length === 0) stop('desk_unbelieved', { desk: label })
  if (wanted !== undefined) {
    const found = await printed(records, wanted)
    if (found) return { ...found, desk: label }
    // A root that the desk has got since, or of an environment in which nobody enrolled here.
    if (url) return fetched(url)
  }
  const environment = given.environment() ?? 'production'
  return { ...(await rootIn(session, records, environment, wanted !== undefined || given.flag('remove'))), desk: label }
}

/** Of the roots that are known of a desk, the one with a fingerprint. */
async function printed(records: readonly NamedRecord[], print: string): Promise<Omit<Found, 'desk'> | undefined> {
  for (const named of records) {
    const { environment, desk, said } = named.record.roots
    for (const pem of [environment, desk, ...(said === undefined ? [] : [said])]) {
      const root = certificateOf(pem)
      if ((await fingerprint(root.der)) === print) return pem === said ? { root, confirms: named } : { root }
    }
  }
  return undefined
}

/**
 * The root of one of a desk's environments: as it was heard first, or compared. Where nobody enrolled there from here it is asked for. Production's
 * has to be the desk's id; test's is the word of whoever holds the key of its statements, and is compared with what a person typed.
 * @param compared whether it is, or nothing is trusted by it
 * @throws root_unconfirmed, and as `StatementDoor.word`
 */
async function rootIn(
  session: Shell & StatementDoor,
  records: readonly NamedRecord[],
  environment: Environment,
  compared: boolean,
): Promise<Omit<Found, 'desk'>> {
  const [{ record: first }] = records as [NamedRecord, ...NamedRecord[]]
  const there = records.find(({ record }) => record.environment === environment)?.record
  if (environment === 'production') {
    const known = await printed(records, first.desk.id)
    if (known) return known
  } else if (there) {
    const { environment: pem, said } = there.roots
    if (said !== undefined) session.voice.say('trust_other_said', { fingerprint: spaced(await printOf(said)) })
    return { root: certificateOf(pem) }
  } else if (!compared) {
    stop('root_unconfirmed', { desk: deskLabel(first), environment: session.voice.text(`environment_${environment}`) })
  }
  const { roots } = await session.word(knownOf(first))
  return { root: certificateOf(roots[environment]) }
}

/** @throws root_missing, desk_needed */
function onlyOf(desks: readonly KnownDesk[]): KnownDesk {
  const only = desks.find((one) => believedOf(one).length > 0)
  if (!only) return stop('root_missing')
  const ids = new Set(desks.map(({ records: [{ record }] }) => record.desk.id))
  return ids.size === 1 ? only : stop('desk_needed', { question: 'other', name: '', desks: labels(desks) })
}

const printOf = async (pem: string): Promise<string> => fingerprint(certificateOf(pem).der)

const believedOf = ({ records }: KnownDesk): readonly NamedRecord[] =>
  records.filter(({ record }) => record.enrolledAt !== undefined)

/** A fingerprint that was typed is compared; else a person looks at it, or says that they did (--yes). */
async function confirm(
  { voice, outside }: Shell,
  given: Given,
  { fingerprint }: Anchor,
  wanted: string | undefined,
  remove: boolean,
): Promise<void> {
  if (wanted !== undefined) {
    if (wanted !== fingerprint) stop('fingerprint_differs', { found: fingerprint, expected: wanted })
    return
  }
  if (remove || given.flag('yes')) return
  if (!outside.terminal) stop('fingerprint_missing')
  const agreed = await terminalPrompts(outside.terminal, outside.signal, voice).yes(voice.text('trust_ask'))
  if (!agreed) stop('trust_not_confirmed')
}

async function storesOf({ outside }: Shell, kinds: readonly string[]): Promise<TrustStore[]> {
  const all: TrustStore[] = []
  for (const kind of STORE_KINDS.filter((one) => kinds.includes(one))) {
    const stores = await trustStores(kind, outside, runTool)
    if (stores.length === 0) stop('store_unsupported', { store: kind })
    all.push(...stores)
  }
  return all
}

async function putIn(store: TrustStore, anchor: Anchor): Promise<Change> {
  if (await store.has(anchor)) return 'already'
  await store.add(anchor)
  return 'added'
}

async function takeOut(store: TrustStore, anchor: Anchor): Promise<Change> {
  if (!(await store.has(anchor))) return 'absent'
  await store.remove(anchor)
  return 'removed'
}

/** 64 hex digits, with or without colons and spaces, as openssl and browsers print them. */
function parseFingerprint(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const hex = text
    .replace(/^sha-?256[:=\s]*/i, '')
    .replace(/[:\s]/g, '')
    .toLowerCase()
  if (/^[0-9a-f]{64}$/.test(hex)) return hex
  return stop('option_value_wrong', { option: '--fingerprint', value: text, expected: 'SHA-256' })
}

const spaced = (hex: string): string => (hex.match(/../g) ?? []).join(':').toUpperCase()
const CHANGED: ReadonlySet<Result> = new Set(['added', 'removed'])
