// Builds and judges certification paths (RFC 5280 §6, RFC 4158). Time, trust and revocation are arguments.

import { fail, hasCode, isPkiError, type PkiError } from '../errors/index.ts'
import { Budget } from './budget.ts'
import { ConstrainedNames } from './constrained-names.ts'
import { Ledger } from './ledger.ts'
import { checkNameConstraints } from './name-constraints.ts'
import type { ValidatePathOptions } from './options.ts'
import { checkPolicies } from './policies.ts'
import { Pool } from './pool.ts'
import { checkLeafPurpose } from './purposes.ts'
import { Refusals } from './refusals.ts'
import type { PathPolicies, PathVerdict, RefusedPath, ValidPath } from './result.ts'
import { checkRevocation } from './revocation.ts'
import type { Ground, Search } from './search.ts'
import { chainOf, checkStart, findPath } from './search.ts'
import { Statuses } from './statuses.ts'
import { wantsOf } from './wants.ts'

/**
 * Finds a path from the leaf to an anchor on which every check holds. When there is none, the error is the one of
 * the path that came furthest, and names the certificate that is at fault; {@link explainPath} tells more.
 * @throws certificate_expired, certificate_not_yet_valid, usage_not_allowed, key_usage_missing, key_too_weak,
 *   issuer_unknown, signature_invalid, not_an_authority, path_length_exceeded, path_too_long, extension_critical_unknown,
 *   name_constraint_violated, policy_missing, certificate_revoked, revocation_unknown, crl_outdated, ocsp_outdated,
 *   algorithm_unsupported, path_too_costly, time_malformed when `at` is no date, and what malformed extensions throw
 * @example
 * const { chain } = await validatePath({
 *   leaf: sample.server.certificate, intermediates: [sample.issuing.certificate], anchors: [sample.root.certificate],
 *   at: sample.at, purpose: 'serverAuth', revocation: { mode: 'if-known', crls: [parseCrl(sample.crl)] },
 * })
 * assert.equal(chain.length, 3)
 */
export async function validatePath(options: ValidatePathOptions): Promise<ValidPath> {
  const run = start(options)
  checkLeaf(run)
  const path = await find(run)
  if (path) return path
  throw run.search.refused.mostTelling[0]!.reason
}

/**
 * Judges as {@link validatePath} does, and tells all that it found out: every path that was tried with the reason
 * against it, and what the caller might fetch to know more. A leaf that fails by itself is followed up to an anchor
 * all the same, so that its chain can be shown.
 * @example
 * const verdict = await explainPath({
 *   leaf: sample.person.certificate, intermediates: [], anchors: [sample.root.certificate],
 *   at: sample.at, purpose: 'any', revocation: 'not-asked',
 * })
 * assert.equal(verdict.valid ? '' : verdict.best.reason.code, 'issuer_unknown')
 */
export async function explainPath(options: ValidatePathOptions): Promise<PathVerdict> {
  const run = start(options)
  const { refused } = run.search
  try {
    checkLeaf(run)
  } catch (error) {
    if (!isPkiError(error)) throw error
    run.fault = error
  }
  try {
    const path = await find(run)
    if (path) {
      const rest = Object.freeze(refused.mostTelling)
      return Object.freeze({ valid: true, path, refused: rest, wants: wantsOf([], path) })
    }
  } catch (error) {
    if (!hasCode(error, 'path_too_costly')) throw error
    run.fault ??= error
  }
  const all = refused.mostTelling
  const best = worst(run, all)
  return Object.freeze({ valid: false, best, refused: all.filter((one) => one !== best), wants: wantsOf(all) })
}

interface Run {
  readonly options: ValidatePathOptions
  readonly search: Search
  /** What is wrong with the leaf itself, or that the budget is spent: the reason whatever path there is. */
  fault?: PkiError
  policies?: PathPolicies
}

function start(options: ValidatePathOptions): Run {
  const { leaf, at, purpose, dangerAllowWeakKeys: allowWeakKeys = false } = options
  // No date is before or after what is no date, so every certificate would be in force.
  if (Number.isNaN(at.getTime())) fail('time_malformed', { what: 'at' })
  const budget = options.budget instanceof Budget ? options.budget : new Budget(options.budget)
  const intermediates = new Pool(options.intermediates, ({ subject }) => subject, budget)
  const ledger = new Ledger(budget)
  const ground: Ground = { at, budget, ledger, names: new ConstrainedNames(), intermediates, allowWeakKeys }
  const anchors = new Pool(options.anchors, ({ subject }) => subject, budget)
  const statuses = new Statuses(options, budget)
  const search: Search = {
    ground,
    anchors,
    purpose,
    finish: async (path) => {
      search.suspect = leaf
      if (run.fault) throw run.fault
      checkNameConstraints(path, search)
      run.policies = checkPolicies(path, options.policy ?? {}, search)
      await checkRevocation(path, search, options, statuses)
    },
    refused: new Refusals(),
    suspect: leaf,
    findings: [],
  }
  const run: Run = { options, search }
  return run
}

/** What the leaf alone decides, before anything is built. */
function checkLeaf({ options, search }: Run): void {
  checkStart(options.leaf, search.ground)
  checkLeafPurpose(options.leaf, options.purpose)
}

async function find(run: Run): Promise<ValidPath | undefined> {
  const path = await findPath(run.search)
  if (!path) return undefined
  const chain = Object.freeze([...chainOf(path)])
  const revocation = Object.freeze([...run.search.findings])
  return Object.freeze({ chain, anchor: path.anchor, policies: run.policies!, revocation })
}

/** The refusal to show first: what is wrong with the leaf, on the longest chain there is; otherwise the most telling. */
function worst({ fault, options: { leaf } }: Run, refused: readonly RefusedPath[]): RefusedPath {
  if (!fault) return refused[0]!
  const shown = refused.find(({ reason }) => reason === fault)
  if (shown) return shown
  const chain = refused[0]?.chain ?? Object.freeze([leaf])
  return Object.freeze({ chain, reason: fault, certificate: leaf, revocation: Object.freeze([]) })
}
