import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import {
  APPLICANT_THUMBPRINT_OID,
  applicantSignedBytes,
  applicantThumbprint,
  formatApplicantHeader,
} from '@scel/contract/applicant'
import type { Choices, Environment, KeyChoice, Organisation, Role } from '@scel/contract/values'
import { octetString } from '@scel/pki/asn1'
import { fromHex, pemDecode, pemEncode } from '@scel/pki/bytes'
import { exportPrivateKey, generateKeyPair, type KeyPair, keyElsewhere, sign } from '@scel/pki/crypto'
import { buildName, buildRequest, type Extension, type NameInput } from '@scel/pki/x509'
import type { ApplicantActor, DeskActor, PersonActor } from '../src/core/actor.ts'
import { CHANNELS } from '../src/core/channels.ts'
import type { CoreConfig } from '../src/core/config.ts'
import { buildCore, type Core, type CoreOutside, NOBODY } from '../src/core/core.ts'
import type { Carriers } from '../src/core/deliveries/carrier.ts'
import { tellingWork } from '../src/core/deliveries/telling-work.ts'
import type { Mark, MarkKeeper } from '../src/core/high-water/mark.port.ts'
import type { Signer, Signers } from '../src/core/issuance/signer.port.ts'
import type { Submission, Submitted } from '../src/core/origins/kit/submit.ts'
import { type Profiles, parseProfiles } from '../src/core/profiles/profiles.ts'
import type { RequestView } from '../src/core/registration/request-view.ts'
import type { Report } from '../src/core/report.ts'
import type { ForgedRow } from '../src/core/row-codes.ts'
import type { Work } from '../src/core/work.ts'
import type { World } from '../src/core/world.ts'
import { type Preparation, TABLES } from '../src/store/testing/preparation.ts'
import { preparedFile } from '../src/store/testing/prepared-file.ts'
import { SAMPLE_CODES } from '../src/store/testing/sample-codes.ts'
import { openSample } from '../src/store/testing/sample-work.ts'
import { keepBeside, keptBeside } from './begun.ts'

// The rules on the embedded database, with keys in memory and a clock that tests move: no doors, no network.

export interface RulesDesk {
  readonly core: Core
  readonly work: Work
  readonly signers: MemorySigners
  /** What the operator was told. */
  readonly reports: readonly string[]
  /** Rows that the rules refused, as they were told of. */
  readonly forged: readonly string[]
  /** Lets time pass; of a negative time only the clock knows. */
  later(milliseconds: number): void
  /** Sets the clock off by so much, while no time passes: ahead, and right again by as much less. */
  clockOff(milliseconds: number): void
  readonly world: World
  now(): Date
  /** Runs `act` to its end right before the next unit that writes: what another did between looking and doing. */
  beforeNextUnit(act: () => Promise<unknown>): void
  /**
   * The same database and keys under a new process: nothing remembered in memory.
   * @param said other profiles than before
   */
  restart(said?: Profiles): Promise<Core>
}

export async function openRulesDesk(t: TestContext, config: Partial<CoreConfig> = {}): Promise<RulesDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'scel-rules-'))
  const preparation = Object.keys(config).length === 0 ? BEGUN : TABLES
  const opened = await openSample({ kind: 'sqlite', file: await preparedFile(join(folder, 'desk.db'), preparation) })
  t.after(async () => {
    await opened.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return rulesDeskOn(opened, config)
}

/** A desk that began as the rules of these tests begin, with the settings that nobody chose. */
export const BEGUN: Preparation = {
  name: 'begun',
  prepare: async (empty) => {
    await TABLES.prepare(empty)
    const work = await openSample(empty)
    const { signers } = await rulesDeskOn(work)
    await keepBeside(work, { keys: signers.keys, mark: marks.get(signers) })
    await work.close()
  },
}

/** The same on a database that somebody else opens and closes. On a copy of one that a desk began (`BEGUN`) it has the keys of that desk. */
export async function rulesDeskOn(opened: Work, config: Partial<CoreConfig> = {}): Promise<RulesDesk> {
  let before: (() => Promise<unknown>) | undefined
  const stored: Work = {
    read: (run) => opened.read(run),
    transaction: async (run, order) => {
      const act = before
      before = undefined
      await act?.()
      return opened.transaction(run, order)
    },
  }
  // Rules that a test runs by themselves tell nobody.
  const work = tellingWork(stored, CHANNELS, NOBODY)
  const beside = await keptBeside(opened)
  const signers = memorySigners(beside?.keys)
  if (beside?.mark) marks.set(signers, beside.mark)
  let shift = 0
  let passed = 0
  const now = (): Date => new Date(START + shift)
  const world: World = { ...TEST_WORLD, now, elapsed: () => passed }
  const reports: string[] = []
  const forged: string[] = []
  const build = (said?: Profiles): Core =>
    coreOn(
      work,
      signers,
      config,
      world,
      (what) => void reports.push(what),
      ({ table, id }) => void forged.push(`${table} ${id}`),
      said,
    )
  const core = build()
  await core.start()
  return {
    core,
    work,
    signers,
    reports,
    forged,
    now,
    later: (milliseconds) => {
      shift += milliseconds
      passed += Math.max(0, milliseconds)
    },
    clockOff: (milliseconds) => {
      shift += milliseconds
    },
    world,
    beforeNextUnit: (act) => {
      before = act
    },
    restart: async (said) => {
      const next = build(said)
      await next.start()
      return next
    },
  }
}

/**
 * The rules over a database and keys that are there already; not started.
 * @param other among it who tells others; by a channel that is not named there nobody is told
 */
export function coreOn(
  work: Work,
  signers: Signers,
  config: Partial<CoreConfig> = {},
  world: World = TEST_WORLD,
  report?: Report,
  forged: (row: ForgedRow) => void = () => {},
  said: Profiles = profiles(),
  { carriers, ...other }: Partial<Pick<CoreOutside, 'place'>> & { readonly carriers?: Partial<Carriers> } = {},
): Core {
  const addresses = {
    publicAddress: 'http://pki.example.org:8080',
    portalAddress: 'https://portal.example.org:8443',
  }
  const whole = { deskName: 'Desk of Tests', ...addresses, ...config }
  return buildCore({
    work,
    world,
    signers,
    profiles: said,
    config: whole,
    report: report ?? (() => {}),
    forged,
    mark: markBeside(signers),
    onceCodes: SAMPLE_CODES,
    carriers: { ...NOBODY, ...carriers },
    ...other,
  })
}

const TEST_WORLD: World = {
  now: () => new Date(START),
  elapsed: () => 0,
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
}

/** A mark that is kept while the test runs, beside the keys: every core with the same keys has the same. */
function markBeside(signers: Signers): MarkKeeper {
  return {
    read: async () => marks.get(signers),
    isFirst: async () => !taken.has(signers),
    write: async (mark) => void marks.set(signers, mark),
    tryOut: async () => {},
  }
}
const marks = new WeakMap<Signers, Mark>()
const taken = new WeakSet<Signers>()

/** Takes the mark away from beside keys, where nothing but the database says that there was one. */
export function takeMark(signers: Signers): void {
  marks.delete(signers)
  taken.add(signers)
}

export interface MemorySigners extends Signers {
  /** Loses a key for good. */
  lose(keyId: string): void
  /** By id. */
  readonly keys: ReadonlyMap<string, KeyPair>
  /** Ids of the keys that are open at this moment. */
  readonly inUse: ReadonlySet<string>
  /** Makes signing fail until it is called again with false. @param which of the keys, by its id; all of them when it is left out */
  break(broken: boolean, which?: (keyId: string) => boolean): void
  /** Makes signing fail after so many more signatures. */
  breakAfter(signatures: number): void
}

/** @param kept keys that were made before, by id */
export function memorySigners(kept: ReadonlyMap<string, KeyPair> = new Map()): MemorySigners {
  const keys = new Map(kept)
  const inUse = new Set<string>()
  let left = Number.POSITIVE_INFINITY
  let away: ((keyId: string) => boolean) | undefined
  return {
    ...{ keys, inUse },
    lose: (keyId) => void keys.delete(keyId),
    break: (value, which) => {
      away = value ? which : undefined
      left = value && !which ? 0 : Number.POSITIVE_INFINITY
    },
    breakAfter: (signatures) => {
      left = signatures
    },
    generate: async (keyId, spec) => {
      const pair = await generateKeyPair(spec)
      keys.set(keyId, pair)
      return pair.publicKey
    },
    has: async (keyId) => keys.has(keyId),
    rootCustody: async () => 'shared',
    open: async (keyId): Promise<Signer> => {
      const pair = keys.get(keyId)
      if (!pair) throw new Error(`no key ${keyId}`)
      inUse.add(keyId)
      return {
        keyId,
        key: keyElsewhere(pair.publicKey, {
          sign: async (message, algorithm) => {
            if (away?.(keyId) || left-- <= 0) throw new Error('the key is away')
            return sign(pair.privateKey, message, algorithm)
          },
        }),
        close: () => void inUse.delete(keyId),
      }
    },
    exportKey: async (keyId) => exportPrivateKey(keys.get(keyId)!.privateKey),
  }
}

export const profiles = (): Profiles => parseProfiles(profileFiles())

/** The profiles of the program, where one of them says something else. */
export const profilesWhere = (name: string, says: Readonly<Record<string, unknown>>): Profiles =>
  parseProfiles(profileFiles().map((raw) => (raw.name === name ? { ...raw, ...says } : raw)))

/** The profiles of the program and one more, as one more file says it. */
export const profilesAnd = (file: Readonly<Record<string, unknown>>): Profiles =>
  parseProfiles([...profileFiles(), file])

function profileFiles(): Record<string, unknown>[] {
  const folder = new URL('../profiles/', import.meta.url)
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')))
}

export interface Signed {
  readonly actor: PersonActor
  readonly token: string
  readonly certificate: string
  readonly key: KeyPair
}

/** The first administrator, signed in by their link. */
export async function firstAdministrator(core: Core, environment: Environment = 'production'): Promise<Signed> {
  const { token } = await core.people.inviteAdministrator(HOST, {
    environment,
    name: 'Ada Administrator',
    email: 'ada@desk.example',
  })
  return acceptInvitation(core, token)
}

/** Makes a key, a request, and spends a link with it. */
export async function acceptInvitation(core: Core, token: string): Promise<Signed> {
  const key = await generateKeyPair('ec-p256')
  const csr = await csrOf(key, [])
  const { unnamed } = await core.invitations.inspect(token)
  const said = { from: '192.0.2.7', agent: 'test', ...(unnamed && { email: 'administrator@desk.example' }) }
  const { certificate, session } = await core.invitations.accept({ token, csr, ...said })
  if (!session) throw new Error('no session')
  const actor = await core.sessions.find(session.token, { from: '192.0.2.7' })
  return { actor, token: session.token, certificate, key }
}

/** The same person with a new session, begun with their certificate. */
export async function signedInAgain(core: Core, { certificate }: Pick<Signed, 'certificate'>): Promise<PersonActor> {
  const der = derOf(certificate)
  const { token } = await core.sessions.beginWithCertificate({ der, from: '192.0.2.7', agent: 'test' })
  return core.sessions.find(token, { from: '192.0.2.7' })
}

export async function invited(
  core: Core,
  by: PersonActor,
  role: Role,
  {
    email = `${role}@desk.example`,
    organisation,
    service,
  }: { email?: string; organisation?: string; service?: string } = {},
): Promise<Signed> {
  const owner = { ...(organisation && { organisation }), ...(service && { service }) }
  const { token } = await core.people.invite(by, { name: `Some ${role}`, email, role, ...owner })
  return acceptInvitation(core, token)
}

/** What the organisations of these tests may call their servers. */
export const NAMES: readonly string[] = ['a.example', 'b.example', 'example.org', 'post.example']

export const organisation = (
  core: Core,
  by: PersonActor,
  code = 'J1CFRA',
  name = 'France-LA POSTE',
): Promise<Organisation> => core.organisations.create(by, { code, name, country: 'FR', nameSuffixes: NAMES })

export interface KitInHand {
  readonly id: string
  readonly secret: string
  readonly rules: string
}

export interface KitOptions {
  readonly profile?: string
  readonly standingApproval?: boolean
  readonly uses?: number
  readonly keys?: KeyChoice[]
  /** Id. */
  readonly service?: string
}

export async function kit(
  core: Core,
  by: PersonActor,
  organisationId: string,
  options: KitOptions = {},
): Promise<KitInHand> {
  const { kitRulesDigest } = await import('@scel/contract/kit')
  const {
    service,
    profile = 'workstation',
    standingApproval = false,
    uses = 1000,
    keys = ['ec-p256', 'rsa-2048'],
  } = options
  const made = await core.kits.create(by, {
    name: 'a kit',
    organisation: organisationId,
    ...(service && { service }),
    profile,
    store: 'machine',
    keys,
    proposedKey: keys[0]!,
    uses,
    validityDays: 30,
    standingApproval,
  })
  return { id: made.kit.id, secret: made.secret, rules: await kitRulesDigest(made.rules) }
}

/** Looks at a request and approves what is seen. */
/** Answers the link of a person that waits, the one that is shown now. */
export const answerLink = async (
  core: Pick<Core, 'people' | 'grants'>,
  by: PersonActor,
  person: string,
  answer: 'confirm' | 'refuse' = 'confirm',
): Promise<void> => {
  const mark = (await core.grants.person(by, person).catch(() => undefined))?.invitation?.awaiting?.mark ?? UNSEEN
  await (answer === 'confirm'
    ? core.people.confirmInvitation(by, person, mark)
    : core.people.refuseInvitation(by, person, mark))
}

/** Answers a grant that waits, as it is shown now. */
export const answerGrant = async (
  core: Pick<Core, 'grants'>,
  by: PersonActor,
  person: string,
  grant: string,
  answer: 'confirm' | 'refuse' = 'confirm',
): Promise<void> => {
  const shown = await core.grants.person(by, person).catch(() => undefined)
  const mark = shown?.grants.find(({ id }) => id === grant)?.awaiting?.mark ?? UNSEEN
  await core.grants[answer](by, person, grant, mark)
}

/** Answers a kit's standing approval that waits, as it is shown now. */
export const answerKit = async (
  core: Pick<Core, 'kits'>,
  by: PersonActor,
  kit: string,
  answer: 'confirm' | 'refuse' = 'confirm',
): Promise<void> => {
  const mark = (await core.kits.get(by, kit).catch(() => undefined))?.awaiting?.mark ?? UNSEEN
  await core.kits[answer](by, kit, mark)
}

/** Lifts the newest block of a key that is shown to whoever lifts it. */
export const liftBlock = async (core: Pick<Core, 'blocks'>, by: PersonActor, applicant: string): Promise<void> => {
  const shown = await core.blocks.list(by).catch(() => undefined)
  await core.blocks.lift(by, applicant, shown?.items.find((one) => one.applicant === applicant)?.mark ?? UNSEEN)
}

/** The mark of nothing that was ever shown. */
export const UNSEEN: string = '0'.repeat(64)

export async function approve(core: Pick<Core, 'requests'>, by: PersonActor, number: number): Promise<RequestView> {
  const { mark } = await core.requests.detail(by, number)
  return core.requests.approve(by, number, mark)
}

/** A machine with its applicant key. */
export interface Machine {
  readonly thumbprint: string
  readonly key: KeyPair
  /** Signs a call and has it checked: an actor good for one act. */
  actor(core: Core): Promise<ApplicantActor>
}

/** @param own its applicant key, where that is not a new one */
export async function machine(own?: KeyPair): Promise<Machine> {
  const key = own ?? (await generateKeyPair('ec-p256'))
  const thumbprint = await applicantThumbprint(key.publicKey)
  return {
    key,
    thumbprint,
    actor: async (core) => {
      const { nonce, desk } = await core.proofs.newNonce()
      const call = { method: 'POST', path: '/api/enrolment/requests', body: new Uint8Array(0) }
      const signature = await sign(key.privateKey, await applicantSignedBytes({ ...call, desk, nonce }))
      const header = formatApplicantHeader({ key: key.publicKey, nonce, signature })
      return core.proofs.check(call, header, '192.0.2.9')
    },
  }
}

export const WORKSTATION = 'ws-abcdefghijklmnopqrstuvwxyz'

export interface Asking {
  readonly commonName?: string
  readonly subject?: readonly NameInput[]
  readonly extensions?: readonly Extension[]
  readonly key?: KeyPair
  readonly bound?: string
  readonly email?: string
  readonly hostName?: string
  readonly macAddresses?: string[]
  readonly csr?: string
  readonly choices?: Choices
}

export async function submission(from: Machine, kitInHand: KitInHand, asking: Asking = {}): Promise<Submission> {
  const key = asking.key ?? (await generateKeyPair('ec-p256'))
  const subject = asking.subject ?? [{ type: 'commonName', value: asking.commonName ?? WORKSTATION }]
  const csr = asking.csr ?? (await csrOf(key, subject, asking.extensions, asking.bound ?? from.thumbprint))
  return {
    kit: kitInHand,
    csr,
    ...(asking.choices && { choices: asking.choices }),
    machine: {
      hostName: asking.hostName ?? 'pc-12',
      macAddresses: asking.macAddresses ?? ['02:00:00:00:00:01'],
      processor: 'A processor',
      processorId: '',
      operatingSystem: 'Linux',
      operatingSystemVersion: '6.1',
      architecture: 'x64',
    },
    contact: { email: asking.email ?? 'user@post.example', description: 'the one by the window' },
  }
}

export async function submit(core: Core, from: Machine, inHand: KitInHand, asking: Asking = {}): Promise<Submitted> {
  return core.enrolment.submit(await from.actor(core), await submission(from, inHand, asking))
}

export async function csrOf(
  key: KeyPair,
  subject: readonly NameInput[],
  extensions: readonly Extension[] = [],
  bound?: string,
): Promise<string> {
  const attributes =
    bound === undefined ? [] : [{ oid: APPLICANT_THUMBPRINT_OID, valueDer: octetString(fromHex(bound)) }]
  const der = await buildRequest({ subject: buildName(subject), key: key.privateKey, extensions, attributes })
  return pemEncode('CERTIFICATE REQUEST', der)
}

export const derOf = (pem: string): Uint8Array => pemDecode(pem)[0]!.der

/** Whether an error is the desk's or the library's, with this code. */
export const refused =
  (code: string, facts: Record<string, unknown> = {}) =>
  (error: unknown): boolean => {
    const found = error as { code?: string; facts?: Record<string, unknown> }
    const same = found.code === code && Object.entries(facts).every(([name, value]) => found.facts?.[name] === value)
    if (!same) console.error(`expected ${code}, found`, error)
    return same
  }

export const HOST: DeskActor = { kind: 'desk', name: 'invite-admin' }
export const MINUTE = 60_000
export const DAY: number = 24 * 60 * MINUTE
const START = Date.now() // peers such as openssl judge by the real clock
