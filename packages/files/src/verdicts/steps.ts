import { equal } from '@scel/pki/bytes'
import type { PathVerdict, RevocationFinding } from '@scel/pki/path'
import { type Certificate, extension, formatName } from '@scel/pki/x509'
import { type CertificateFacts, certificateFacts } from '../certificates/index.ts'

/** One certificate of a path. */
export interface Step extends CertificateFacts {
  /** Whether it is one of the anchors: trusted because the caller says so. */
  readonly anchor: boolean
  /** Whether the reason for refusing the path concerns it. */
  readonly fault: boolean
  readonly revocation?: StepRevocation
}

export interface StepRevocation {
  readonly status: RevocationFinding['status']
  readonly revokedAt?: string
  readonly reason?: string
  /** What said so. */
  readonly source?: 'crl' | 'ocsp'
  /** Number of the revocation list, where it has one. */
  readonly number?: string
  /** When the list or the answer was made. */
  readonly asOf?: string
  /** Why what was at hand could not be used. */
  readonly why?: { readonly code: string }
}

/**
 * The certificates of the path, or of the path that came furthest, the anchor first. `itself` says that the leaf is
 * trusted because it is one of the anchors.
 */
export async function stepsOf(
  verdict: PathVerdict,
  anchors: readonly Certificate[],
  itself: boolean = false,
): Promise<Step[]> {
  const chain = verdict.valid ? verdict.path.chain : verdict.best.chain
  const steps: Step[] = []
  for (const [index, certificate] of chain.entries()) {
    const found = verdict.valid ? verdict.path.revocation[index] : undefined
    steps.unshift({
      ...(await certificateFacts(certificate)),
      anchor: (itself || index > 0) && anchors.some((anchor) => same(anchor, certificate)),
      fault: !verdict.valid && !itself && same(verdict.best.certificate, certificate),
      ...(found ? { revocation: revocationOf(found) } : {}),
    })
  }
  return steps
}

const same = (one: Certificate, other: Certificate): boolean => equal(one.der, other.der)

function revocationOf({ status, revoked, crls, ocsp, why }: RevocationFinding): StepRevocation {
  const list = crls?.at(-1)
  const number = list && extension(list, 'cRLNumber')
  const asOf = list?.thisUpdate ?? ocsp?.basic?.producedAt
  return {
    status,
    ...(revoked ? { revokedAt: revoked.at.toISOString(), reason: revoked.reason ?? 'unspecified' } : {}),
    ...(list ? { source: 'crl' as const } : ocsp ? { source: 'ocsp' as const } : {}),
    ...(number === undefined ? {} : { number: String(number) }),
    ...(asOf ? { asOf: asOf.toISOString() } : {}),
    ...(why ? { why: { code: why.code } } : {}),
  }
}

/** The issuer that no certificate at hand is, when that is the reason. */
export function missingIssuer(verdict: PathVerdict): string | undefined {
  if (verdict.valid || verdict.best.reason.code !== 'issuer_unknown') return undefined
  const top = verdict.best.chain.at(-1)
  return top && formatName(top.issuer, 'rfc4514')
}
