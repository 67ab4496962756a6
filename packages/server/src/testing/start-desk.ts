import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { type Desk, startDesk as startApp } from '../app.ts'
import { type Config, holdDataFolder, settle } from '../config/index.ts'
import type { Core } from '../core/core.ts'
import { clockShift, worldShiftedBy } from '../core/world.ts'
import type { Services } from '../edge/api/index.ts'
import { type Opened, openOutside } from '../opening.ts'
import { freePorts } from './free-ports.ts'

/** What a test may choose; everything has a default. */
export interface StartDeskOptions {
  /** `sqlite` (in the data folder), or the address of an empty PostgreSQL database. @default 'sqlite' */
  readonly database?: 'sqlite' | string
  /** A folder to use and keep, for tests that start a desk again; otherwise a temporary one, removed by `stop`. */
  readonly data?: string
  /** The same ports as an earlier start, since they stand in its certificates. */
  readonly ports?: Ports
  /** Milliseconds that the desk's clock is ahead of the machine's when it starts. @default 0 */
  readonly ahead?: number
  /** @default 'Scel' */
  readonly name?: string
  /** @default 1000000 */
  readonly requestsPerMinute?: number
  /** The built portal. @default packages/portal/dist */
  readonly portalFolder?: string
  /** @default 1000 */
  readonly connectionsPerAddress?: number
  /** File with the roots' own passphrase. */
  readonly rootPassphraseFile?: string
  /** Who is told of decisions, on this machine. */
  readonly webhook?: { readonly address: string; readonly secretFile: string }
  /** What the desk stands on instead: a store or keys that fail. */
  readonly standingOn?: (opened: Opened) => Opened
  /** The operator’s folder of profiles. */
  readonly profiles?: string
  /** See `start --without-keys`. */
  readonly withoutKeys?: boolean
  /** PKCS #11 URIs of tokens for keys of each use. */
  readonly tokens?: Config['tokens']
  /** The listener's own TLS certificate and key, as files. */
  readonly tls?: { readonly certificate: string; readonly key: string }
}

export interface Ports {
  readonly portal: number
  readonly mutual: number
  readonly public: number
}

/** A whole desk in this process, on free ports of this machine, with a clock that can be moved. */
export interface TestDesk {
  readonly services: Services
  readonly ports: Ports
  readonly data: string
  readonly core: Core
  /** PEM of production's root: what the desk's TLS certificate chains to. */
  readonly root: string
  /** SHA-256 of it, hex. */
  readonly fingerprint: string
  /** PEM of the root of each environment. */
  readonly roots: { readonly production: string; readonly test: string }
  /** The one-time link of the first administrator; empty when there is one already. */
  readonly inviteLink: string
  /** Whether this start made the authorities. */
  readonly first: boolean
  /** Lines of the log so far, JSON. */
  readonly log: readonly string[]
  /** Moves the desk's clock, as a hand or a time service does, and runs the jobs. */
  moveClock(milliseconds: number): Promise<void>
  /** Lets so much time go by, the clock with it, and runs the jobs. */
  passTime(milliseconds: number): Promise<void>
  runJobs(): Promise<void>
  /** Stops in order, and removes the temporary data. */
  stop(): Promise<void>
  /** Cuts every connection without finishing anything; the data stays for another start. */
  kill(): Promise<void>
}

/** Starts a desk for a test. Stop it, or the test process stays. */
export async function startDesk(options: StartDeskOptions = {}): Promise<TestDesk> {
  const { database = 'sqlite', name = 'Scel', requestsPerMinute = 1_000_000 } = options
  const data = options.data ?? (await mkdtemp(join(tmpdir(), 'scel-desk-')))
  const remove = async (): Promise<void> => {
    if (options.data === undefined) await rm(data, { recursive: true, force: true, maxRetries: 5 })
  }
  const ports = options.ports ?? (await threePorts())
  const shift = clockShift()
  shift[0] = BigInt(options.ahead ?? 0)
  const log: string[] = []
  const config = settle({
    ...{ data, name, requestsPerMinute, publicName: 'localhost' },
    ...{ portalPort: ports.portal, mutualPort: ports.mutual, publicPort: ports.public },
    ...(database !== 'sqlite' && { database }),
    ...(options.connectionsPerAddress !== undefined && { connectionsPerAddress: options.connectionsPerAddress }),
    ...(options.webhook && {
      ...{ webhookAddress: options.webhook.address, webhookSecretFile: options.webhook.secretFile },
      webhookNetwork: 'any' as const,
    }),
    ...(options.rootPassphraseFile !== undefined && { rootPassphraseFile: options.rootPassphraseFile }),
    ...(options.profiles !== undefined && { profiles: options.profiles }),
    ...(options.tokens?.root !== undefined && { rootToken: options.tokens.root }),
    ...(options.tokens?.authority !== undefined && { authorityToken: options.tokens.authority }),
    ...(options.tokens?.responder !== undefined && { responderToken: options.tokens.responder }),
    ...(options.tokens?.['time-stamp'] !== undefined && { timeStampToken: options.tokens['time-stamp'] }),
    ...(options.tls && { tlsCertificate: options.tls.certificate, tlsKey: options.tls.key }),
  })
  const folder = holdDataFolder(data)
  const logger = pino({ level: 'info' }, { write: (line: string) => void log.push(line) })
  const opened = await openOutside(config, worldShiftedBy(shift), logger).catch((error: unknown) => {
    folder.release()
    throw error
  })
  const { keys, store, forged } = options.standingOn?.(opened) ?? opened
  const close = async (): Promise<void> => {
    await opened.store.close()
    folder.release()
  }
  let desk: Desk
  try {
    desk = await startApp({
      ...{ config, store, keys, forged, shift, publicName: 'localhost', log: logger },
      ...(options.portalFolder !== undefined && { portalFolder: options.portalFolder }),
      ...(options.withoutKeys && { withoutKeys: true }),
    })
  } catch (error) {
    await close()
    await remove()
    throw error
  }
  const { core, services, fingerprint, first, link, jobs } = desk
  const pems = Object.fromEntries((await core.authorities.roots()).map(({ environment, pem }) => [environment, pem]))
  let ended: Promise<void> | undefined
  return {
    ...{ services, ports, data, core, fingerprint, first, log },
    root: pems.production ?? '',
    roots: { production: pems.production ?? '', test: pems.test ?? '' },
    inviteLink: link?.address ?? '',
    moveClock: async (milliseconds) => {
      Atomics.add(shift, 0, BigInt(milliseconds))
      await jobs.runNow()
    },
    passTime: async (milliseconds) => {
      for (const cell of [0, 1]) Atomics.add(shift, cell, BigInt(milliseconds))
      await jobs.runNow()
    },
    runJobs: () => jobs.runNow(),
    stop: () => (ended ??= desk.stop(5_000).then(close).then(remove)),
    kill: () => (ended ??= desk.stop(0).then(close)),
  }
}

async function threePorts(): Promise<Ports> {
  const [portal, mutual, open] = await freePorts(3)
  return { portal: portal!, mutual: mutual!, public: open! }
}
