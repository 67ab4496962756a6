// Finds a path from a certificate to an anchor (RFC 4158): depth first, anchors before intermediates, every check that
// a step allows made at that step. What needs the whole path is the caller's `finish`.

import { equal } from '../bytes/index.ts'
import { fail, hasCode, isPkiError, PkiError } from '../errors/index.ts'
import type { Certificate } from '../x509/index.ts'
import type { Budget } from './budget.ts'
import {
  checkAuthority,
  checkCritical,
  checkDates,
  checkStrength,
  isSelfIssued,
  subjectText,
} from './certificate-checks.ts'
import type { ConstrainedNames } from './constrained-names.ts'
import type { Ledger } from './ledger.ts'
import { nameText } from './name-text.ts'
import type { Purpose, TrustAnchor } from './options.ts'
import type { Pool } from './pool.ts'
import { isCertificate, isSameAuthority, issuerKeyHint, likeliestFirst } from './pool.ts'
import { checkAuthorityPurpose } from './purposes.ts'
import type { Refusals } from './refusals.ts'
import type { RevocationFinding } from './result.ts'

/** What all searches of one validation share. */
export interface Ground {
  readonly at: Date
  readonly budget: Budget
  readonly ledger: Ledger
  readonly names: ConstrainedNames
  readonly intermediates: Pool<Certificate>
  readonly allowWeakKeys: boolean
}

export interface Path {
  /** From the leaf up to the one that the anchor issued. */
  readonly certificates: readonly Certificate[]
  readonly anchor: TrustAnchor
}

export interface Search {
  readonly ground: Ground
  readonly anchors: Pool<TrustAnchor>
  readonly purpose: Purpose
  /** Checks a whole path; throws when it does not hold. */
  readonly finish: (path: Path, search: Search) => Promise<void>
  readonly refused: Refusals
  /** Whom the check that runs now is about. */
  suspect: Certificate
  /** What `finish` found out about revocation, for those who ask why it refused. */
  findings: readonly RevocationFinding[]
}

/** The first path that holds; undefined when there is none, and then `refused` says why. @throws path_too_costly */
export const findPath = (search: Search): Promise<Path | undefined> => extend(search, [search.suspect])

/** The chain as results show it, an anchor's certificate included. */
export const chainOf = ({ certificates, anchor }: Path): readonly Certificate[] =>
  isCertificate(anchor) ? [...certificates, anchor] : certificates

/** The checks on the certificate that a path starts from, before there is a path. */
export function checkStart(certificate: Certificate, { at, allowWeakKeys }: Ground): void {
  checkDates(certificate, at)
  checkCritical(certificate)
  if (!allowWeakKeys) checkStrength(certificate)
}

async function extend(search: Search, certificates: readonly Certificate[]): Promise<Path | undefined> {
  const last = certificates.at(-1)!
  const { budget, intermediates } = search.ground
  const isNew = (one: TrustAnchor): boolean => !certificates.some((other) => isSameAuthority(other, one, budget))
  const wanted = issuerKeyHint(last)
  const trusted = likeliestFirst(search.anchors.named(last.issuer).filter(isNew), wanted)
  for (const anchor of trusted) {
    const path = { certificates, anchor }
    if (await attempt(search, certificates, anchor, () => search.finish(path, search))) return path
  }
  const isTrusted = (issuer: Certificate): boolean =>
    trusted.some((anchor) => isCertificate(anchor) && equal(anchor.der, issuer.der))
  const others = intermediates.named(last.issuer).filter((issuer) => isNew(issuer) && !isTrusted(issuer))
  if (others.length > 0 && certificates.length + 1 >= budget.longest) {
    note(
      search,
      certificates,
      new PkiError('path_too_long', { subject: subjectText(last), limit: budget.longest }),
      last,
    )
    return undefined
  }
  for (const issuer of likeliestFirst(others, wanted)) {
    if (!(await attempt(search, certificates, issuer))) continue
    const found = await extend(search, [...certificates, issuer])
    if (found) return found
  }
  if (trusted.length + others.length === 0) note(search, certificates, issuerUnknown(last), last)
  return undefined
}

/** One step up. A check that fails is noted and means "not this way"; anything but a refusal ends the search. */
async function attempt(
  search: Search,
  certificates: readonly Certificate[],
  issuer: TrustAnchor,
  finish?: () => Promise<void>,
): Promise<boolean> {
  search.findings = []
  try {
    await checkStep(search, certificates, issuer)
    await finish?.()
    return true
  } catch (error) {
    if (!isPkiError(error) || hasCode(error, 'path_too_costly')) throw error
    note(
      search,
      isCertificate(issuer) && reached(error) ? [...certificates, issuer] : certificates,
      error,
      search.suspect,
    )
    return false
  }
}

/** Signature first: whether a stranger of the same name has expired does not matter. */
async function checkStep(search: Search, certificates: readonly Certificate[], issuer: TrustAnchor): Promise<void> {
  const { budget, ledger, allowWeakKeys } = search.ground
  const last = certificates.at(-1)!
  search.suspect = last
  budget.spend('steps')
  if (!(await ledger.holds(last, issuer.publicKey.spki))) fail('signature_invalid', { what: subjectText(last) })
  const below = certificates.slice(1).filter((one) => !isSelfIssued(one)).length
  if (!isCertificate(issuer)) {
    if (!allowWeakKeys) checkStrength(issuer)
    const { pathLength = Number.POSITIVE_INFINITY } = issuer.constraints ?? {}
    if (below > pathLength) fail('path_length_exceeded', { subject: subjectText(issuer) })
    return
  }
  search.suspect = issuer
  checkStart(issuer, search.ground)
  checkAuthority(issuer, below)
  checkAuthorityPurpose(issuer, search.purpose)
}

function note(search: Search, chain: readonly Certificate[], reason: PkiError, certificate: Certificate): void {
  search.refused.add(
    Object.freeze({
      chain: Object.freeze(chain),
      reason,
      certificate,
      revocation: Object.freeze([...search.findings]),
    }),
  )
}

const reached = (error: PkiError): boolean => !hasCode(error, 'signature_invalid')

function issuerUnknown(certificate: Certificate): PkiError {
  const facts = { subject: subjectText(certificate), issuer: nameText(certificate.issuer) }
  return new PkiError('issuer_unknown', facts)
}
