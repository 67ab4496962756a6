// What the caller might fetch, from the addresses that certificates name (RFC 5280 §4.2.1.13, §4.2.1.15, §4.2.2.1).

import { toHex } from '../bytes/index.ts'
import { hasCode, isPkiError } from '../errors/index.ts'
import type { Certificate, DistributionPoint } from '../x509/index.ts'
import { extension } from '../x509/index.ts'
import type { TrustAnchor } from './options.ts'
import type { RefusedPath, RevocationFinding, ValidPath, Want } from './result.ts'

/** Each once, in the order in which they came up. */
export function wantsOf(refused: readonly RefusedPath[], valid?: ValidPath): readonly Want[] {
  const all = [
    ...refused.flatMap(({ reason, chain }) => (hasCode(reason, 'issuer_unknown') ? issuerWants(chain.at(-1)!) : [])),
    ...refused.flatMap(({ revocation, chain }) => revocation.flatMap((one) => revocationWants(one, chain))),
    ...(valid?.revocation.flatMap((one) => revocationWants(one, valid.chain, valid.anchor)) ?? []),
  ]
  const once = new Map<string, Want>()
  for (const want of all) {
    const key = wantKey(want)
    if (!once.has(key)) once.set(key, Object.freeze(want))
  }
  return Object.freeze([...once.values()])
}

/** One list serves many certificates, one OCSP question only its own: that of this issuer and serial number. */
export function wantKey({ kind, url, certificate: { issuer, serialHex } }: Want): string {
  return kind === 'ocsp' ? `${kind} ${url} ${toHex(issuer.der)} ${serialHex}` : `${kind} ${url}`
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
  (readable(() => extension(certificate, 'authorityInfoAccess')) ?? []).flatMap((access) =>
    access.method === method && access.location.kind === 'uri' ? [access.location.value] : [],
  )

function pointsOf(certificate: Certificate, name: 'crlDistributionPoints' | 'freshestCRL'): string[] {
  const points: readonly DistributionPoint[] = readable(() => extension(certificate, name)) ?? []
  return points.flatMap(({ fullName = [] }) => fullName.flatMap((one) => (one.kind === 'uri' ? [one.value] : [])))
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
