import { DeskStatement } from '@scel/contract/kit'
import type { Option } from './option.ts'
import {
  hostName,
  listenAddress,
  oneOf,
  port,
  postgresAddress,
  said,
  text,
  token,
  webAddress,
  wholeNumber,
} from './parsers.ts'

// Every option of the desk, in the order of `--help`. A new one is one row here, one field in `config.ts`, and its
// sentence in both languages.

const row = <T>(name: string, placeholder: string, parse: Option<T>['parse']): Option<T> => ({
  name,
  placeholder,
  parse,
})

export interface OptionValues {
  readonly data: string
  readonly publicName: string
  readonly name: string
  readonly portalPort: number
  readonly mutualPort: number
  readonly publicPort: number
  readonly metricsPort: number
  readonly host: string
  readonly database: string
  readonly databasePasswordFile: string
  readonly passphraseFile: string
  readonly rootPassphraseFile: string
  readonly rootToken: string
  readonly authorityToken: string
  readonly responderToken: string
  readonly timeStampToken: string
  readonly authorityKey: 'ec-p256' | 'ec-p384' | 'rsa-3072' | 'rsa-4096'
  readonly profiles: string
  readonly tlsCertificate: string
  readonly tlsKey: string
  readonly sessionIdleMinutes: number
  readonly sessionHours: number
  readonly requestsPerMinute: number
  readonly pendingPerKit: number
  readonly pendingPerApplicant: number
  readonly connectionsPerAddress: number
  readonly headsFolder: string
  readonly headsAddress: string
  readonly headsNetwork: 'public' | 'any'
  readonly webhookAddress: string
  readonly webhookSecretFile: string
  readonly webhookNetwork: 'public' | 'any'
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug'
  readonly language: 'en' | 'fr'
}
export type OptionName = keyof OptionValues

export const OPTIONS: { readonly [N in OptionName]: Option<OptionValues[N]> } = {
  data: row('data', '<folder>', text(4_096)),
  publicName: row('publicName', '<host name>', hostName),
  name: row('name', '<text>', said(DeskStatement.properties.name, 48)),
  portalPort: row('portalPort', '<port>', port),
  mutualPort: row('mutualPort', '<port>', port),
  publicPort: row('publicPort', '<port>', port),
  metricsPort: row('metricsPort', '<port>', port),
  host: row('host', '<address>', listenAddress),
  database: row('database', '<address>', postgresAddress),
  databasePasswordFile: row('databasePasswordFile', '<file>', text(4_096)),
  passphraseFile: row('passphraseFile', '<file>', text(4_096)),
  rootPassphraseFile: row('rootPassphraseFile', '<file>', text(4_096)),
  rootToken: row('rootToken', '<PKCS #11 URI>', token()),
  authorityToken: row('authorityToken', '<PKCS #11 URI>', token('pin-source')),
  responderToken: row('responderToken', '<PKCS #11 URI>', token('pin-source')),
  timeStampToken: row('timeStampToken', '<PKCS #11 URI>', token('pin-source')),
  authorityKey: row('authorityKey', '<kind>', oneOf('ec-p256', 'ec-p384', 'rsa-3072', 'rsa-4096')),
  profiles: row('profiles', '<folder>', text(4_096)),
  tlsCertificate: row('tlsCertificate', '<file>', text(4_096)),
  tlsKey: row('tlsKey', '<file>', text(4_096)),
  sessionIdleMinutes: row('sessionIdleMinutes', '<minutes>', wholeNumber(1, 1_440)),
  sessionHours: row('sessionHours', '<hours>', wholeNumber(1, 168)),
  requestsPerMinute: row('requestsPerMinute', '<number>', wholeNumber(1, 10_000_000)),
  pendingPerKit: row('pendingPerKit', '<number>', wholeNumber(1, 1_000_000)),
  pendingPerApplicant: row('pendingPerApplicant', '<number>', wholeNumber(1, 1_000_000)),
  connectionsPerAddress: row('connectionsPerAddress', '<number>', wholeNumber(10, 10_000)),
  headsFolder: row('headsFolder', '<folder>', text(4_096)),
  headsAddress: row('headsAddress', '<address>', webAddress),
  headsNetwork: row('headsNetwork', '<network>', oneOf('public', 'any')),
  webhookAddress: row('webhookAddress', '<address>', webAddress),
  webhookSecretFile: row('webhookSecretFile', '<file>', text(4_096)),
  webhookNetwork: row('webhookNetwork', '<network>', oneOf('public', 'any')),
  logLevel: row('logLevel', '<level>', oneOf('error', 'warn', 'info', 'debug')),
  language: row('language', '<en|fr>', oneOf('en', 'fr')),
}

export const OPTION_NAMES: readonly OptionName[] = Object.keys(OPTIONS) as OptionName[]
