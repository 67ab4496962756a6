// The status of one certificate by CRLs (RFC 5280 §6.3.3): full ones and their deltas, in parts by reason or by kind
// of certificate, of the issuer or of another that the certificate names.

import { equal } from '../bytes/index.ts'
import { hasCode, isPkiError, type PkiError } from '../errors/index.ts'
import type { Certificate, Crl, CrlEntry, DistributionPoint } from '../x509/index.ts'
import { crlEntry } from '../x509/index.ts'
import { checkCurrent, crlFacts } from './crl-facts.ts'
import { ALL_REASONS, scopeOf } from './crl-scope.ts'
import type { CrlSigners } from './crl-signer.ts'
import { issuerKeyHint, type Pool } from './pool.ts'
import { readExtension } from './read-extension.ts'
import type { RevocationFinding } from './result.ts'
import type { Ground } from './search.ts'

export interface CrlQuestion {
  readonly certificate: Certificate
  readonly crls: Pool<Crl>
  readonly signers: CrlSigners
  readonly ground: Ground
}

/** @throws path_too_costly */
export async function statusByCrls(question: CrlQuestion): Promise<RevocationFinding> {
  const { certificate, ground } = question
  const used: Crl[] = []
  let covered = 0
  /** With what is said by signers whose own standing hangs on it: believed only where nobody else says anything. */
  let claimed = 0
  let latest = new Date(0)
  let why: PkiError | undefined
  for (const { crl, point } of listsFor(question)) {
    ground.budget.spend('steps')
    try {
      const reasons = scopeOf(crl, point, certificate, ground.budget)
      if (reasons === 0) continue
      // What is newer than all that was believed may still revoke.
      if ((reasons & ~covered) === 0 && crl.thisUpdate <= latest) continue
      const { lists, entry, interested } = await lookUp(question, crl)
      for (const list of lists) if (!used.includes(list)) used.push(list)
      if (entry) return revokedBy(certificate, entry, used)
      claimed |= reasons
      if (interested) continue
      covered |= reasons
      if (crl.thisUpdate > latest) latest = crl.thisUpdate
    } catch (error) {
      if (!isPkiError(error) || hasCode(error, 'path_too_costly')) throw error
      if (!why || hasCode(error, 'crl_outdated')) why = error
    }
  }
  if (claimed === ALL_REASONS) return Object.freeze({ certificate, status: 'good', crls: Object.freeze(used) })
  return Object.freeze({ certificate, status: 'unknown', ...(why ? { why } : {}) })
}

/**
 * Full CRLs by way of each distribution point, and at last those of the issuer that no point names. First those that the
 * very key of the certificate's issuer signed: an authority that has a new key may go on to keep a list for each, and
 * then the newer one leaves out what the older key signed. Among equals newest first.
 */
function* listsFor({ certificate, crls }: CrlQuestion): Iterable<{ crl: Crl; point: DistributionPoint }> {
  const key = issuerKeyHint(certificate)
  const distance = (crl: Crl): number => {
    const by = issuerKeyHint(crl)
    return key && by ? (equal(key, by) ? 0 : 2) : 1
  }
  const implied: DistributionPoint = { fullName: [{ kind: 'directoryName', name: certificate.issuer }] }
  for (const point of [...(readExtension(certificate, 'crlDistributionPoints') ?? []), implied]) {
    const issuers = point.crlIssuer
      ? point.crlIssuer.flatMap((name) => (name.kind === 'directoryName' ? [name.name] : []))
      : [certificate.issuer]
    const full = issuers.flatMap((issuer) => crls.named(issuer)).filter((crl) => crlFacts(crl).base === undefined)
    for (const crl of full.toSorted((a, b) => distance(a) - distance(b) || newestFirst(a, b))) yield { crl, point }
  }
}

interface LookUp {
  readonly lists: readonly Crl[]
  readonly entry?: CrlEntry
  /** Whether whoever signed it has an interest in the answer. */
  readonly interested: boolean
}

/** What a full CRL says together with the newest delta that goes on from it (§6.3.3 a, c and f to k). */
async function lookUp({ certificate, crls, signers, ground }: CrlQuestion, crl: Crl): Promise<LookUp> {
  const { unusable } = crlFacts(crl)
  if (unusable) throw unusable
  const deltas = crls
    .named(crl.issuer)
    .filter((one) => goesOn(crl, one) && isCurrent(one, ground.at))
    .toSorted(newestFirst)
  if (deltas.length === 0) checkCurrent(crl, ground.at)
  const signer = await signers.of(crl)
  const interested = signers.isInterested(signer)
  for (const delta of deltas) {
    ground.budget.spend('steps')
    // "using the public key validated in step f": a delta is signed by the key of its base.
    if (!(await ground.ledger.holds(delta, signer.publicKey.spki))) continue
    const change = crlEntry(delta, certificate.serial, certificate.issuer)
    const lists = [crl, delta]
    if (change) return withEntry(lists, interested, change.reason === 'removeFromCRL' ? undefined : change)
    return withEntry(lists, interested, crlEntry(crl, certificate.serial, certificate.issuer))
  }
  if (deltas.length > 0) checkCurrent(crl, ground.at)
  return withEntry([crl], interested, crlEntry(crl, certificate.serial, certificate.issuer))
}

const withEntry = (lists: readonly Crl[], interested: boolean, entry: CrlEntry | undefined): LookUp =>
  entry ? { lists, interested, entry } : { lists, interested }

/**
 * Whether `delta` is what changed since `crl` or one before it: same issuer, scope and key, and numbers that join
 * (§5.2.4, §6.3.3 c). A delta or a base without a number joins nothing (OpenSSL CVE-2026-28388).
 */
function goesOn(crl: Crl, delta: Crl): boolean {
  const from = crlFacts(crl)
  const to = crlFacts(delta)
  if (to.base === undefined || to.unusable || to.number === undefined || from.number === undefined) return false
  return (
    to.base <= from.number &&
    from.number < to.number &&
    sameBytes(from.pointDer, to.pointDer) &&
    sameBytes(from.authority?.keyIdentifier, to.authority?.keyIdentifier)
  )
}

function isCurrent(crl: Crl, at: Date): boolean {
  try {
    checkCurrent(crl, at)
    return true
  } catch (error) {
    if (hasCode(error, 'crl_outdated')) return false
    throw error
  }
}

function revokedBy(certificate: Certificate, { revokedAt: at, reason }: CrlEntry, crls: Crl[]): RevocationFinding {
  const revoked = Object.freeze({ at, ...(reason ? { reason } : {}) })
  return Object.freeze({ certificate, status: 'revoked', revoked, crls: Object.freeze(crls) })
}

const newestFirst = (a: Crl, b: Crl): number => b.thisUpdate.getTime() - a.thisUpdate.getTime()
const sameBytes = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && equal(a, b))
