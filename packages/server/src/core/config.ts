import type { KeyChoice } from '@scel/contract/values'

/** What the rules must be told; everything else about the outside stays outside. */
export interface CoreConfig {
  /** Name of the desk, the O of its authorities, at most 64 characters. */
  readonly deskName: string
  /** Base of the addresses written into certificates, for example `http://pki.example.org:8080`. */
  readonly publicAddress: string
  /** Where people open the portal, for example `https://pki.example.org:8443`. */
  readonly portalAddress: string
  /** Names by which the desk is reached besides the host of `publicAddress`: those in its listener's certificate. */
  readonly ownNames?: () => readonly string[]
  /** Key of issuing authorities made from now on. @default 'ec-p256' */
  readonly authorityKey?: Exclude<KeyChoice, 'rsa-2048'>
  /** @default 30 */
  readonly sessionIdleMinutes?: number
  /** @default 12 */
  readonly sessionHours?: number
  /** A request nobody decides ends after so many days. @default 60 */
  readonly pendingDays?: number
  /** Pending requests of one applicant key, at most. @default 50 */
  readonly pendingPerApplicant?: number
  /** Pending requests of one kit, at most. @default 200 */
  readonly pendingPerKit?: number
}

export type SettledConfig = Required<CoreConfig>

const DEFAULTS = {
  authorityKey: 'ec-p256',
  sessionIdleMinutes: 30,
  sessionHours: 12,
  pendingDays: 60,
  pendingPerApplicant: 50,
  pendingPerKit: 200,
  ownNames: () => [],
} as const

export const settle = (config: CoreConfig): SettledConfig => Object.freeze({ ...DEFAULTS, ...config })
