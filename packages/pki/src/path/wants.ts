// What the caller might fetch, from the addresses that certificates name (RFC 5280 §4.2.1.13, §4.2.1.15, §4.2.2.1).

import { equal } from '../bytes/index.ts'
import { hasCode, isPkiError } from '../errors/index.ts'
import type { Certificate, DistributionPoint } from '../x509/index.ts'
import type { TrustAnchor } from './options.ts'
import { readExtension } from './read-extension.ts'
import type { RefusedPath, RevocationFinding, ValidPath, Want } from './result.ts'

/** Each once, in the order in which they came up. */
export function wantsOf(refused: readonly RefusedPath[], valid?: ValidPath): readonly Want[] {
  const all = [
    ...refused.flatMap(({ reason, chain }) => (hasCode(reason, 'issuer_unknown') ? issuerWants(chain.at(-1)!) : [])),
    ...refused.flatMap(({ revocation, chain }) => revocation.flatMap((one) => revocationWants(one, chain))),
    ...(valid?.revocation.flatMap((one) => revocationWants(one, valid.chain, valid.anchor)) ?? []),
  ]
  const asked = new Asked()
  return Object.freeze(all.filter((want) => asked.isNew(want)).map((want) => Object.freeze(want)))
}

/** What was wanted already. */
export class Asked {
  readonly #all = new Map<string, Certificate[]>()

  /** Whether it was not yet. One list serves many certificates, one OCSP question only its own: issuer and serial. */
  isNew({ kind, url, certificate }: Want): boolean {
    const key = kind === 'ocsp' ? `${kind} ${url} ${certificate.serialHex}` : `${kind} ${url}`
    const before = this.#all.get(key)
    if (before && (kind !== 'ocsp' || before.some(({ issuer }) => equal(issuer.der, certificate.issuer.der)))) {
      return false
    }
    if (before) before.push(certificate)
    else this.#all.set(key, [certificate])
    return true
  }
}

const issuerWants = (certificate: Certificate): Want[] =>
  accessTo(certificate, 'caIssuers').map((url) => ({ kind: 'issuer', url, certificate }))

function revocationWants(
  { certificate, status }: RevocationFinding,
  chain: readonly Certificate[],
  anchor?: TrustAnchor,
): Want[] {
  if (status !== 'unknown') return []
  return [...ocspWants(certificate, chain[chain.indexOf(certificate) + 1] ?? anchor), ...listWants(certificate)]
}

export const ocspWants = (certificate: Certificate, issuer?: TrustAnchor): Want[] =>
  accessTo(certificate, 'ocsp').map((url) => ({ kind: 'ocsp', url, certificate, ...(issuer ? { issuer } : {}) }))

export const listWants = (certificate: Certificate): Want[] => [
  ...pointsOf(certificate, 'crlDistributionPoints').map((url): Want => ({ kind: 'crl', url, certificate })),
  ...pointsOf(certificate, 'freshestCRL').map((url): Want => ({ kind: 'delta-crl', url, certificate })),
]

const accessTo = (certificate: Certificate, method: 'ocsp' | 'caIssuers'): string[] =>
  first(readable(() => readExtension(certificate, 'authorityInfoAccess')) ?? [], (access) =>
    access.method === method && access.location.kind === 'uri' ? access.location.value : undefined,
  )

function pointsOf(certificate: Certificate, name: 'crlDistributionPoints' | 'freshestCRL'): string[] {
  const points: readonly DistributionPoint[] = readable(() => readExtension(certificate, name)) ?? []
  return first(
    points.flatMap(({ fullName = [] }) => fullName),
    (one) => (one.kind === 'uri' ? one.value : undefined),
  )
}

/** The first that there are: whoever wrote the certificate chose how many it names. */
function first<T>(all: readonly T[], urlOf: (one: T) => string | undefined): string[] {
  const found: string[] = []
  for (const one of all) {
    const url = urlOf(one)
    if (url !== undefined) found.push(url)
    if (found.length === MOST_ADDRESSES) break
  }
  return found
}

/** An extension that cannot be read wants nothing; the reason of the path says what is wrong with it. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (isPkiError(error)) return undefined
    throw error
  }
}

// Of one kind in one certificate. Those in use name one or two.
const MOST_ADDRESSES = 16
