import type { Logger } from 'pino'
import { type Config, placeOf, readProfiles } from './config/index.ts'
import type { ForgedRows } from './core/audit/forged-rows.ts'
import { buildCore, type Core } from './core/core.ts'
import type { Carrier, Carriers } from './core/deliveries/carrier.ts'
import type { HeadTarget } from './core/log/push.ts'
import type { Peers } from './core/outbox/peers.port.ts'
import { parseProfiles } from './core/profiles/profiles.ts'
import type { Report } from './core/report.ts'
import type { Work } from './core/work.ts'
import type { ClockShift, World } from './core/world.ts'
import { type Keys, readWebhookSecret } from './custody/index.ts'
import type { Services } from './edge/api/index.ts'
import { headAddress, headFolder, webhook } from './notify/index.ts'
import type { OpenWork } from './store/index.ts'

/** What the program stands on. Whoever opened `store` closes it, after the desk has stopped. */
export interface Outside {
  readonly config: Config
  readonly publicName: string
  readonly store: OpenWork
  readonly keys: Keys
  readonly forged: ForgedRows
  readonly log: Logger
  /** Whether to start although keys of authorities in service are missing. @default no */
  readonly withoutKeys?: boolean
  /** How far the desk's clock is off the machine's; tests move it. @default not at all */
  readonly shift?: ClockShift
  /** The built portal. @default packages/portal/dist */
  readonly portalFolder?: string
}

/** The rules of the desk, with what they stand on. @throws as `readProfiles` and `parseProfiles` */
export const coreOf = async (
  {
    config,
    store,
    keys,
    world,
    forged,
    carriers,
    peers,
    reconnect,
  }: Pick<Outside, 'config' | 'keys'> &
    Partial<Pick<Outside, 'forged'>> & {
      readonly store: Work
      readonly world: World
      /** None for commands of the host, which decide nothing that others are told of. */
      readonly carriers?: Carriers
      readonly peers?: Peers | undefined
      readonly reconnect?: () => void
    },
  services: Services,
  report: Report,
  ownNames: () => readonly string[] = () => [],
): Promise<Core> =>
  buildCore({
    work: store,
    world,
    signers: keys.signers,
    mark: keys.mark,
    place: placeOf(config.data),
    onceCodes: keys.onceCodes,
    heads: targetsOf(config),
    ...(carriers && { carriers }),
    ...(peers && { peers }),
    ...(reconnect && { reconnect }),
    report,
    forged: (row) => forged?.found(row),
    profiles: parseProfiles(
      await readProfiles(),
      config.profilesFolder === undefined ? [] : await readProfiles(config.profilesFolder),
    ),
    config: {
      deskName: config.name,
      publicAddress: services.public,
      portalAddress: services.portal,
      ownNames,
      authorityKey: config.authorityKey,
      sessionIdleMinutes: config.sessions.idleMinutes,
      sessionHours: config.sessions.hours,
      pendingPerKit: config.pending.perKit,
      pendingPerApplicant: config.pending.perApplicant,
    },
  })

const targetsOf = ({ data, heads: { folder, address, network } }: Config): readonly HeadTarget[] => [
  ...(folder === undefined ? [] : [headFolder(folder, placeOf(data))]),
  ...(address === undefined ? [] : [headAddress(address, network)]),
]

/** @throws as `readWebhookSecret` */
export const carrierOf = async ({ address, secretFile, network }: NonNullable<Config['webhook']>): Promise<Carrier> =>
  webhook(address, network, await readWebhookSecret(secretFile))
