import { resolve } from 'node:path'
import type { Language } from '@scel/contract/errors'
import { parseTokenUri, type TokenUri } from '@scel/pkcs11'
import { type ConfigProblem, ConfigRefused, flagOf } from './option.ts'
import type { OptionValues } from './options.ts'

/** The configuration of one desk, checked and frozen. There is no other way to obtain one than `settle`. */
export interface Config {
  readonly data: string
  /** Asked at first start when it was not given, and then kept in the database. */
  readonly publicName: string | undefined
  readonly name: string
  readonly ports: { readonly portal: number; readonly mutual: number; readonly public: number }
  /** Where this machine alone reads what the desk counts about itself; undefined means nowhere. */
  readonly metricsPort: number | undefined
  /** Where to listen; undefined means: this machine only when the public name is `localhost`, else every address. */
  readonly host: string | undefined
  /** PostgreSQL; undefined means SQLite in the data folder. */
  readonly database: { readonly address: string; readonly passwordFile: string | undefined } | undefined
  readonly passphraseFile: string | undefined
  /** Under what the roots' keys lie; away while the desk does its daily work. */
  readonly rootPassphraseFile: string | undefined
  /** Which keys are made and kept in tokens, by PKCS #11 URIs. */
  readonly tokens: {
    readonly root?: string
    readonly authority?: string
    readonly responder?: string
    readonly 'time-stamp'?: string
  }
  readonly authorityKey: OptionValues['authorityKey']
  /** Where the operator’s own profiles of certificates are, a JSON file each. */
  readonly profilesFolder: string | undefined
  /** The portal's own TLS certificate (PEM, chain included) and key, when not made by the desk. */
  readonly tls: { readonly certificateFile: string; readonly keyFile: string } | undefined
  readonly sessions: { readonly idleMinutes: number; readonly hours: number }
  /** Calls one network address may make; a certificate or a link may fail a hundredth of it there, at least 30. */
  readonly requestsPerMinute: number
  /** Requests that may wait for a decision, of one kit and of one applicant key. */
  readonly pending: { readonly perKit: number; readonly perApplicant: number }
  /** Connections that one network address may hold at each door. */
  readonly connectionsPerAddress: number
  /** Where signed heads of the log are kept besides, and whether names of a private network, and http, are called for it. */
  readonly heads: { readonly folder?: string; readonly address?: string; readonly network: 'public' | 'any' }
  /** Who is told of decisions, under which secret; names of a private network, and http, are called as for heads. */
  readonly webhook:
    | { readonly address: string; readonly secretFile: string; readonly network: 'public' | 'any' }
    | undefined
  readonly logLevel: OptionValues['logLevel'] | undefined
  readonly language: Language | undefined
}

const DEFAULTS = Object.freeze({
  data: './data',
  name: 'Scel',
  portalPort: 8443,
  mutualPort: 8444,
  publicPort: 8080,
  authorityKey: 'ec-p256' as const,
  sessionIdleMinutes: 30,
  sessionHours: 12,
  requestsPerMinute: 6_000,
  pendingPerKit: 200,
  pendingPerApplicant: 50,
  connectionsPerAddress: 1_000,
})

/**
 * Checks what options say together, and freezes the result.
 *
 * @throws ConfigRefused naming everything that is wrong
 */
export function settle(given: Partial<OptionValues>): Config {
  const all = { ...DEFAULTS, ...given }
  const problems = [...togetherOnly(given), ...portsApart(all), ...secretsApart(given), ...tokensApart(given)]
  if (problems.length > 0) throw new ConfigRefused(problems)
  return Object.freeze({
    data: all.data,
    publicName: given.publicName,
    name: all.name,
    ports: Object.freeze({ portal: all.portalPort, mutual: all.mutualPort, public: all.publicPort }),
    metricsPort: given.metricsPort,
    host: given.host,
    database: given.database
      ? Object.freeze({ address: given.database, passwordFile: given.databasePasswordFile })
      : undefined,
    passphraseFile: given.passphraseFile,
    rootPassphraseFile: given.rootPassphraseFile,
    tokens: Object.freeze(tokensOf(given)),
    authorityKey: all.authorityKey,
    profilesFolder: given.profiles,
    tls:
      given.tlsCertificate && given.tlsKey
        ? Object.freeze({ certificateFile: given.tlsCertificate, keyFile: given.tlsKey })
        : undefined,
    sessions: Object.freeze({ idleMinutes: all.sessionIdleMinutes, hours: all.sessionHours }),
    requestsPerMinute: all.requestsPerMinute,
    pending: Object.freeze({ perKit: all.pendingPerKit, perApplicant: all.pendingPerApplicant }),
    connectionsPerAddress: all.connectionsPerAddress,
    heads: Object.freeze({
      ...(given.headsFolder !== undefined && { folder: given.headsFolder }),
      ...(given.headsAddress !== undefined && { address: given.headsAddress }),
      network: given.headsNetwork ?? 'public',
    }),
    webhook:
      given.webhookAddress && given.webhookSecretFile
        ? Object.freeze({
            address: given.webhookAddress,
            secretFile: given.webhookSecretFile,
            network: given.webhookNetwork ?? 'public',
          })
        : undefined,
    logLevel: given.logLevel,
    language: given.language,
  })
}

const TOGETHER = [
  ['tlsCertificate', 'tlsKey'],
  ['tlsKey', 'tlsCertificate'],
  ['databasePasswordFile', 'database'],
  ['headsNetwork', 'headsAddress'],
  ['webhookAddress', 'webhookSecretFile'],
  ['webhookSecretFile', 'webhookAddress'],
  ['webhookNetwork', 'webhookAddress'],
] as const

const togetherOnly = (given: Partial<OptionValues>): ConfigProblem[] =>
  TOGETHER.filter(([one, other]) => given[one] !== undefined && given[other] === undefined).map(([one, other]) => ({
    fault: 'needs_other_option',
    where: flagOf(one),
    facts: { other: flagOf(other) },
  }))

/** One passphrase for both would make of the roots' own nothing but a second name. */
const secretsApart = ({ passphraseFile, rootPassphraseFile }: Partial<OptionValues>): ConfigProblem[] =>
  rootPassphraseFile !== undefined && rootPassphraseFile === passphraseFile
    ? [{ fault: 'same_file_twice', where: flagOf('rootPassphraseFile'), facts: { other: flagOf('passphraseFile') } }]
    : []

const tokensOf = (given: Partial<OptionValues>): Config['tokens'] => ({
  ...(given.rootToken !== undefined && { root: given.rootToken }),
  ...(given.authorityToken !== undefined && { authority: given.authorityToken }),
  ...(given.responderToken !== undefined && { responder: given.responderToken }),
  ...(given.timeStampToken !== undefined && { 'time-stamp': given.timeStampToken }),
})

/** With the roots in the token of daily work, its PIN would open them every day. */
function tokensApart(given: Partial<OptionValues>): ConfigProblem[] {
  if (given.rootToken === undefined) return []
  const root = parseTokenUri(given.rootToken)
  return DAILY_TOKENS.flatMap((name) => {
    const text = given[name]
    const daily = text === undefined ? undefined : parseTokenUri(text)
    return daily && mayBeOne(daily, root)
      ? [{ fault: 'same_token_twice', where: flagOf('rootToken'), facts: { other: flagOf(name) } }]
      : []
  })
}

/** By what both say: a URI that leaves out the serial number means any token of that label. */
function mayBeOne(one: TokenUri, other: TokenUri): boolean {
  const [from, to] = [one, other].map(({ modulePath }) => modulePath !== undefined && resolve(modulePath))
  const said = (['token', 'serial', 'manufacturer', 'model'] as const).filter((name) => one[name] && other[name])
  return from === to && said.every((name) => one[name] === other[name])
}

const DAILY_TOKENS = ['authorityToken', 'responderToken', 'timeStampToken'] as const

const PORTS = ['portalPort', 'mutualPort', 'publicPort', 'metricsPort'] as const

function portsApart(all: Partial<Record<(typeof PORTS)[number], number>>): ConfigProblem[] {
  return PORTS.flatMap((name, index) => {
    const earlier = PORTS.slice(0, index).find((other) => all[name] !== undefined && all[other] === all[name])
    return earlier ? [{ fault: 'same_port_twice', where: flagOf(name), facts: { other: flagOf(earlier) } }] : []
  })
}
