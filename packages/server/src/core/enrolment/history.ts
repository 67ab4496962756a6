import { refuse } from '@scel/contract/errors'
import type { Certificate } from '../certificates/certificate.ts'
import type { Stores } from '../work.ts'
import type { Instant } from '../world.ts'
import type { Finding } from './finding.ts'
import type { NewRequest, Request } from './request.ts'

/** What the desk remembers about a request's key, subject and machine. */
export interface History {
  readonly findings: readonly Finding[]
  /** Pending requests of the same subject, by the same applicant: this one takes their place. */
  readonly replaced: readonly Request[]
  /** How many pending requests of the same subject other applicants have. */
  readonly pendingElsewhere: number
  /** Another applicant has the subject, pending or certified. */
  readonly conflict: boolean
  /** A certificate of the subject was revoked for another reason than that a newer one took its place. */
  readonly revoked: boolean
}

/**
 * Looks a new request up.
 * @throws DeskError csr_key_revoked, csr_key_in_use
 */
export async function lookUp(stores: Stores, request: NewRequest, now: Instant): Promise<History> {
  const { environment, organisation, enrolment, subjectKey, applicant } = request
  const scope = { environment, organisation }
  const findings: Finding[] = [await keyFinding(stores, request)]

  const pending = await stores.requests.ofSubject(scope, enrolment, subjectKey, ['pending'])
  const others = pending.filter((other) => other.applicant !== applicant)
  for (const { number } of others.slice(0, MOST)) {
    findings.push({ code: 'subject_pending_elsewhere', level: 'warning', facts: { request: number } })
  }

  const certificates = await stores.certificates.ofSubject(scope, enrolment, subjectKey)
  const valid = certificates.filter((one) => !one.revoked && one.notAfter >= now)
  for (const one of valid.slice(0, MOST)) {
    // The same applicant renews; another one wants a name that is somebody's.
    const level = one.applicant === applicant ? 'notice' : 'warning'
    findings.push({ code: 'subject_certified', level, facts: { serial: one.serial, notAfter: one.notAfter } })
  }
  const revoked = certificates.find((one) => one.revoked && one.revoked.reason !== 'superseded')
  if (revoked?.revoked) {
    findings.push({ code: 'subject_revoked_before', level: 'warning', facts: { at: revoked.revoked.at } })
  }

  const { hostName } = request.machine
  const seen = hostName === '' ? undefined : await stores.requests.latestOfHost(scope, hostName, subjectKey)
  if (seen) findings.push({ code: 'machine_seen_before', level: 'notice', facts: { request: seen.number } })

  return {
    findings,
    replaced: pending.filter((other) => other.applicant === applicant),
    pendingElsewhere: others.length,
    conflict: others.length > 0 || valid.some((one) => one.applicant !== applicant),
    revoked: revoked !== undefined,
  }
}

/**
 * What became of this key before. Asked again at the decision, because it may have been revoked since the submission.
 * @throws DeskError csr_key_revoked, csr_key_in_use
 */
export async function requireUsableKey(
  stores: Stores,
  request: Pick<NewRequest, 'environment' | 'organisation' | 'subjectKey' | 'applicant' | 'key'>,
): Promise<void> {
  for (const one of await stores.certificates.ofKey({ environment: request.environment }, request.key)) {
    if (one.revoked) refuse('csr_key_revoked', { serial: one.serial })
    if (!isSameHolder(one, request)) refuse('csr_key_in_use', { request: one.request ?? 0 })
  }
}

async function keyFinding(stores: Stores, request: NewRequest): Promise<Finding> {
  await requireUsableKey(stores, request)
  const [earlier] = await stores.requests.ofKey({ environment: request.environment }, request.key)
  if (!earlier) return { code: 'key_new', level: 'good', facts: {} }
  const level = earlier.applicant === request.applicant ? 'notice' : 'warning'
  return { code: 'key_seen_before', level, facts: { request: earlier.number } }
}

const isSameHolder = (
  certificate: Certificate,
  { organisation, subjectKey, applicant }: Pick<NewRequest, 'organisation' | 'subjectKey' | 'applicant'>,
): boolean =>
  certificate.organisation === organisation &&
  certificate.subjectKey === subjectKey &&
  certificate.applicant === applicant

const MOST = 5
