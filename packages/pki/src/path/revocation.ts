// Revocation along a path. The caller either answers for each certificate or gives lists and responses; what
// revokes wins over what does not, wherever it comes from.

import { fail, hasCode, PkiError } from '../errors/index.ts'
import type { Certificate } from '../x509/index.ts'
import { EXTENSIONS } from '../x509/index.ts'
import { subjectText } from './certificate-checks.ts'
import { CrlSigners } from './crl-signer.ts'
import { statusByCrls } from './crl-status.ts'
import { statusByOcsp } from './ocsp-status.ts'
import type { Purpose, RevocationCheck, RevocationSources, TrustAnchor, ValidatePathOptions } from './options.ts'
import { readExtension } from './read-extension.ts'
import type { RevocationFinding } from './result.ts'
import type { Ground, Path, Search } from './search.ts'
import type { Statuses } from './statuses.ts'
import { listWants, ocspWants } from './wants.ts'

/**
 * Asks about every certificate below the anchor, from the top down: when an authority is revoked, that is the reason
 * to give. Findings are left in `search`, in the order of the chain.
 * @throws certificate_revoked, revocation_unknown, crl_outdated, ocsp_outdated, path_too_costly
 */
export async function checkRevocation(
  path: Path,
  search: Search,
  { revocation, purpose }: ValidatePathOptions,
  statuses: Statuses,
): Promise<void> {
  if (revocation === 'not-asked') {
    search.findings = path.certificates.map((certificate) => Object.freeze({ certificate, status: 'not-asked' }))
    return
  }
  const asked =
    typeof revocation === 'function'
      ? { find: byCaller(revocation), required: true }
      : {
          find: bySources(path, search.ground, revocation, statuses, purpose),
          required: revocation.mode !== 'if-known',
        }
  let refusal: { readonly certificate: Certificate; readonly reason: PkiError } | undefined
  const findings: RevocationFinding[] = []
  for (let i = path.certificates.length - 1; i >= 0; i--) {
    const certificate = path.certificates[i]!
    const finding = await asked.find(certificate, path.certificates[i + 1] ?? path.anchor)
    findings.unshift(finding)
    search.findings = findings
    search.suspect = certificate
    if (finding.status === 'revoked') revoked(finding)
    if (finding.status !== 'unknown' || !asked.required) continue
    // The caller's source may cost; lists at hand are all looked into, so that everything that is missing is named.
    refusal ??= { certificate, reason: notKnown(finding) }
    if (typeof revocation === 'function') break
  }
  if (!refusal) return
  search.suspect = refusal.certificate
  throw refusal.reason
}

type Find = (certificate: Certificate, issuer: TrustAnchor) => Promise<RevocationFinding>

const byCaller =
  (check: RevocationCheck): Find =>
  async (certificate, issuer) => {
    const status = await check(certificate, issuer)
    return Object.freeze(
      typeof status === 'string'
        ? { certificate, status }
        : { certificate, status: 'revoked', revoked: status.revoked },
    )
  }

function bySources(
  path: Path,
  ground: Ground,
  { mode }: RevocationSources,
  statuses: Statuses,
  purpose: Purpose,
): Find {
  const { crls, ocsp } = statuses
  const kept = new Map<Certificate, RevocationFinding>()
  const find: Find = async (certificate, issuer) => {
    const known = kept.get(certificate)
    if (known) return known
    if (needsNone(certificate, purpose === 'ocspSigning' && certificate === path.certificates[0])) {
      return Object.freeze({ certificate, status: 'not-needed' })
    }
    signers.about(certificate)
    const finding = await statuses.find(
      () => look(certificate, issuer),
      () => [...listWants(certificate), ...ocspWants(certificate, issuer)],
    )
    if (!signers.provisional) kept.set(certificate, finding)
    return finding
  }
  const look: Find = async (certificate, issuer) => {
    const answered = await statusByOcsp(certificate, issuer, ocsp, ground, checkDelegate)
    if (answered.status === 'revoked') return answered
    const listed = await statusByCrls({ certificate, crls, signers, ground })
    return listed.status === 'revoked' || answered.status === 'unknown' ? better(listed, answered) : answered
  }
  // By lists alone: a responder does not speak for itself. One that names no place to ask at is believed, as its issuer
  // wanted it (RFC 6960 §4.2.2.2.1).
  const checkDelegate = async (delegate: Certificate): Promise<void> => {
    const finding = await statuses.find(
      () => statusByCrls({ certificate: delegate, crls, signers, ground }),
      () => listWants(delegate),
    )
    if (finding.status === 'revoked') revoked(finding)
    const named = readExtension(delegate, 'crlDistributionPoints') ?? readExtension(delegate, 'authorityInfoAccess')
    if (finding.status === 'unknown' && named && mode !== 'if-known') throw notKnown(finding)
  }
  // The path of a CRL signer is asked about as any other.
  const signers: CrlSigners = new CrlSigners(ground, path, async ({ certificates, anchor }) => {
    for (let i = certificates.length - 1; i >= 0; i--) {
      const finding = await find(certificates[i]!, certificates[i + 1] ?? anchor)
      if (finding.status === 'revoked') revoked(finding)
      if (finding.status === 'unknown' && mode !== 'if-known') throw notKnown(finding)
    }
  })
  return find
}

/** Of two findings the one that is known; of two unknown ones the one with a reason. */
const better = (listed: RevocationFinding, answered: RevocationFinding): RevocationFinding =>
  listed.status === 'unknown' && !listed.why ? answered : listed

/**
 * Whether the issuer says in the certificate that there is nothing to ask: for a responder (RFC 6960 §4.2.2.2.1), and
 * for a short-lived certificate that names no place to ask at (RFC 9608 §2, which forbids it to authorities).
 */
function needsNone(certificate: Certificate, asResponder: boolean): boolean {
  const has = (oid: string): boolean => certificate.extensions.some((one) => one.oid === oid)
  if (asResponder && has(EXTENSIONS.ocspNoCheck.oid)) return true
  if (!has(NO_REVOCATION_AVAILABLE) || readExtension(certificate, 'basicConstraints')?.ca) return false
  const asks = readExtension(certificate, 'authorityInfoAccess')?.some(({ method }) => method === 'ocsp')
  return !asks && !has(EXTENSIONS.crlDistributionPoints.oid) && !has(EXTENSIONS.freshestCRL.oid)
}

function revoked({ certificate, revoked: facts }: RevocationFinding): never {
  const { at, reason = 'unspecified' } = facts!
  const subject = subjectText(certificate)
  return fail('certificate_revoked', { subject, serial: certificate.serialHex, reason, at: at.toISOString() })
}

/** Old news is the reason to give: the rest says no more than that nobody knows. */
function notKnown({ certificate, why }: RevocationFinding): PkiError {
  if (why && (hasCode(why, 'crl_outdated') || hasCode(why, 'ocsp_outdated'))) return why
  const facts = { subject: subjectText(certificate), serial: certificate.serialHex }
  return new PkiError('revocation_unknown', facts, why)
}

const NO_REVOCATION_AVAILABLE = '2.5.29.56'
