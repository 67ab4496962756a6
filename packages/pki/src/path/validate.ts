// Builds and judges certification paths (RFC 5280 §6, RFC 4158). Time, trust and revocation are arguments.

import { fail, hasCode, isPkiError, PkiError } from '../errors/index.ts'
import type { Certificate } from '../x509/index.ts'
import { formatName, verifySigned } from '../x509/index.ts'
import { Budget } from './budget.ts'
import { candidatesFor } from './candidates.ts'
import {
  checkAuthority,
  checkAuthorityPurpose,
  checkCritical,
  checkDates,
  checkLeafPurpose,
  isSelfIssued,
  subjectText,
} from './certificate-checks.ts'
import { checkNameConstraints } from './name-constraints.ts'
import type { RevocationStatus, ValidatePathOptions, ValidPath } from './options.ts'

/**
 * Finds a path from the leaf to an anchor on which every check holds. When there is none, the error is the one of
 * the path that came furthest, and names the certificate that is at fault.
 * @throws certificate_expired, certificate_not_yet_valid, usage_not_allowed, key_usage_missing, issuer_unknown,
 *   signature_invalid, not_an_authority, path_length_exceeded, extension_critical_unknown, name_constraint_violated,
 *   certificate_revoked, revocation_unknown, algorithm_unsupported, path_too_costly, and what malformed extensions throw
 */
export async function validatePath(options: ValidatePathOptions): Promise<ValidPath> {
  const { leaf, at, purpose } = options
  checkDates(leaf, at)
  checkCritical(leaf)
  checkLeafPurpose(leaf, purpose)
  const search: Search = { options, budget: new Budget(options.budget), worst: undefined }
  const chain = await extend(search, [leaf])
  if (chain) return Object.freeze({ chain: Object.freeze(chain) })
  throw search.worst?.error ?? issuerUnknown(leaf)
}

interface Search {
  readonly options: ValidatePathOptions
  readonly budget: Budget
  worst: { readonly error: unknown; readonly rank: number } | undefined
}

/** Depth first, anchors before intermediates. The budget bounds the whole, LONGEST the depth. */
async function extend(search: Search, chain: readonly Certificate[]): Promise<readonly Certificate[] | undefined> {
  const last = chain.at(-1)!
  const { anchors, intermediates } = search.options
  const trusted = candidatesFor(last, anchors, chain, search.budget)
  const others =
    chain.length < LONGEST - 1 ? candidatesFor(last, intermediates, [...chain, ...trusted], search.budget) : []
  if (trusted.length + others.length === 0) note(search, issuerUnknown(last), chain)
  for (const issuer of trusted) {
    const path = [...chain, issuer]
    if (await holds(search, chain, () => finish(search, path))) return path
  }
  for (const issuer of others) {
    if (!(await holds(search, chain, () => checkStep(search, chain, issuer)))) continue
    const found = await extend(search, [...chain, issuer])
    if (found) return found
  }
  return undefined
}

/** The last step, to an anchor, and the checks that need the whole path. */
async function finish(search: Search, path: readonly Certificate[]): Promise<void> {
  await checkStep(search, path.slice(0, -1), path.at(-1)!)
  checkNameConstraints(path, search.budget)
  await checkRevocation(search, path)
}

/** Signature first: whether a stranger of the same name has expired does not matter. */
async function checkStep(search: Search, chain: readonly Certificate[], issuer: Certificate): Promise<void> {
  const { at, purpose } = search.options
  const last = chain.at(-1)!
  search.budget.spend('signatures')
  if (!(await verifySigned(last, issuer.publicKey.spki))) fail('signature_invalid', { what: subjectText(last) })
  checkDates(issuer, at)
  checkCritical(issuer)
  checkAuthority(issuer, chain.slice(1).filter((one) => !isSelfIssued(one)).length)
  checkAuthorityPurpose(issuer, purpose)
}

/** From the anchor down: when an authority is revoked, that is the reason to give. */
async function checkRevocation(search: Search, path: readonly Certificate[]): Promise<void> {
  const { revocation } = search.options
  if (revocation === 'not-asked') return
  for (let i = path.length - 2; i >= 0; i--) {
    const certificate = path[i]!
    const facts = { subject: subjectText(certificate), serial: certificate.serialHex }
    const status: RevocationStatus = await revocation(certificate, path[i + 1]!)
    if (status === 'good') continue
    if (status === 'unknown') return fail('revocation_unknown', facts)
    return revoked(facts, status.revoked)
  }
}

type Revoked = Exclude<RevocationStatus, string>['revoked']

function revoked(facts: { subject: string; serial: string }, { at, reason = 'unspecified' }: Revoked): never {
  return fail('certificate_revoked', { ...facts, reason, at: at.toISOString() })
}

/** Runs checks; a failed one is noted and means "not this way". Anything but a refusal ends the search. */
async function holds(search: Search, chain: readonly Certificate[], check: () => Promise<void>): Promise<boolean> {
  try {
    await check()
    return true
  } catch (error) {
    if (!isPkiError(error) || hasCode(error, 'path_too_costly')) throw error
    note(search, error, chain)
    return false
  }
}

// A missing issuer says least, a signature by another key of the same name little more; a real fault far up says most.
function note(search: Search, error: PkiError, chain: readonly Certificate[]): void {
  const weight = hasCode(error, 'issuer_unknown') ? 0 : hasCode(error, 'signature_invalid') ? 1 : 2
  const rank = weight * LONGEST + chain.length
  if (!search.worst || rank > search.worst.rank) search.worst = { error, rank }
}

function issuerUnknown(certificate: Certificate): PkiError {
  const facts = { subject: subjectText(certificate), issuer: formatName(certificate.issuer, 'rfc4514') }
  return new PkiError('issuer_unknown', facts)
}

// Leaf and anchor included. Chains in use have three or four; bridges between authorities double that.
const LONGEST = 10
