import { atMost } from '@scel/files/request'
import { holderFor } from '../keys/holder.ts'
import { requireUsableKey, type UsableKey } from '../keys/usable-key.ts'
import { isSameOwner, type Owner } from '../owner.ts'
import type { FoundMark } from '../revocation/compromise.port.ts'
import { type Mark, ownerMarks } from '../revocation/compromise.ts'
import { scopeAt } from '../scope.ts'
import { settling } from '../services/settling.ts'
import type { Readers, Stores } from '../work.ts'
import type { Instant } from '../world.ts'
import type { Finding, FindingOf } from './finding.ts'
import { nameConflicts } from './name-conflicts.ts'
import { takesPlaceOf } from './other-askers.ts'
import type { NewRequest, Request } from './request.ts'

/** What the desk remembers about a request's key, subject, names and machine. */
export interface History {
  readonly findings: readonly Finding[]
  readonly key: UsableKey
  /** Pending requests of the same subject whose place this one takes: see `other-askers.ts`. */
  readonly replaced: readonly Request[]
  /** How many pending requests of the same subject others have. */
  readonly pendingElsewhere: number
  /** Somebody else has the subject or one of the names, pending or certified. */
  readonly conflict: boolean
  /** A certificate of the subject was revoked for another reason than that a newer one took its place. */
  readonly revoked: boolean
  /** A certificate of this applicant, this key or this machine was revoked because somebody else may have it. */
  readonly compromised: boolean
  /** Whose it was, when all that is marked is what a machine of another organisation, or of another of its services, had. */
  readonly compromisedOf?: FindingOf
}

/**
 * Looks a new request up.
 * @throws DeskError csr_key_revoked, csr_key_in_use
 */
export async function lookUp(stores: Stores, request: NewRequest, at: Instant): Promise<History> {
  const { environment, organisation, profile, subjectKey, owner } = request
  const ours = organisation === undefined ? {} : { organisation }
  const scope = scopeAt(request)
  const of = { ...ours, profile }
  const holder = holderFor(owner, { ...ours, subjectKey })
  const key = await requireUsableKey(stores, { environment, key: request.key, holder })
  const findings: Finding[] = [await keyFinding(stores, request)]

  const pending = await stores.requests.ofSubject(scope, profile, subjectKey, ['pending'])
  const named = await stores.certificates.ofSubject(scope, profile, subjectKey)
  const now = await settling(stores, [request, ...pending, ...named])
  const isTheirs = (other: Owner): boolean => isSameOwner(now(other), now(owner))
  const asking = { ...request, owner: now(owner) }
  const replaced = pending.filter((other) => takesPlaceOf(asking, { ...other, owner: now(other.owner) }))
  // What somebody asks for themselves for another address is no colleague's.
  const isOwn = (other: Request): boolean => owner.kind === 'person' && isTheirs(other.owner)
  const others = pending.filter((other) => !replaced.includes(other) && !isOwn(other))
  const waiting = others.map(
    ({ number, service }): Finding => ({
      ...{ code: 'subject_pending_elsewhere', level: 'warning', facts: { request: number } },
      of: { ...of, ...(service === undefined ? {} : { service }) },
    }),
  )

  // Two people may have one name; a machine is known by its own.
  const certificates = owner.kind === 'person' ? named.filter((one) => isTheirs(one.owner)) : named
  const valid = certificates.filter((one) => !one.revoked && one.notAfter >= at)
  // The same applicant renews; that another one, or another service, wants a name which is somebody's is told by its names.
  const renewed = valid.filter((one) => isTheirs(one.owner))
  const certified = renewed.map(({ serial, notAfter, service }): Finding => {
    const whose = { ...of, ...(service === undefined ? {} : { service }) }
    return { code: 'subject_certified', level: 'notice', facts: { serial, notAfter }, of: whose }
  })
  const elsewhere = await nameConflicts(stores, request, at)
  for (const list of [waiting, certified]) findings.push(...atMost(MOST, list))
  findings.push(...elsewhere) // all: whoever decides later is told of those that are not among them

  const revoked = certificates.find((one) => one.revoked && one.revoked.reason !== 'superseded')
  if (revoked?.revoked) {
    findings.push({ code: 'subject_revoked_before', level: 'warning', facts: { at: revoked.revoked.at }, of })
  }

  const { hostName = '' } = request.machine ?? {}
  const seen = hostName === '' ? undefined : await stores.requests.latestOfHost(scope, hostName, subjectKey)
  if (seen) {
    const whose = { ...ours, profile: seen.profile }
    findings.push({ code: 'machine_seen_before', level: 'notice', facts: { request: seen.number }, of: whose })
  }

  const marked = await stores.compromises.among(marksOf(request))
  // What a machine says of itself anybody may say of a machine of others: who tries addresses is not told which are marked.
  const foreign = marked.filter((one) => one.kind === 'address' && !isOfPlace(one, request))
  const [mark] = marked.filter((one) => !foreign.includes(one))
  const [other] = foreign
  const told = { code: 'compromised_before', level: 'warning' } as const
  if (mark) findings.push({ ...told, facts: { what: mark.kind } })
  if (other) findings.push({ ...told, facts: { what: other.kind }, of: { ...whoseMark(other, request), closed: true } })

  return {
    findings,
    key,
    replaced,
    pendingElsewhere: others.length,
    conflict: others.length > 0 || elsewhere.length > 0 || renewed.length < valid.length,
    revoked: revoked !== undefined,
    compromised: mark !== undefined || other !== undefined,
    ...(mark === undefined && other !== undefined && { compromisedOf: whoseMark(other, request) }),
  }
}

/** Whoever asks for a service sees nothing of what another one has, or its organisation as a whole; whoever asks for all of it does. */
const isOfPlace = (mark: FoundMark, { organisation, service }: NewRequest): boolean =>
  mark.organisation === organisation && (service === undefined || mark.service === service)

/** Of another organisation's those who see all organisations are told, and nobody else. */
const whoseMark = (mark: FoundMark, { organisation }: NewRequest): FindingOf => ({
  ...placeOf(mark),
  ...(mark.organisation === organisation && mark.profile !== undefined ? { profile: mark.profile } : {}),
})

/** Where something was: of what is of another service of the organisation, no more is told than of another organisation. */
const placeOf = ({ organisation, service }: Pick<FindingOf, 'organisation' | 'service'>): FindingOf => ({
  ...(organisation === undefined ? {} : { organisation }),
  ...(service === undefined ? {} : { service }),
})

const marksOf = ({ owner, key, machine }: NewRequest): Mark[] => [
  ...ownerMarks(owner),
  { kind: 'key', value: key },
  ...(machine?.macAddresses ?? []).map((value) => ({ kind: 'address', value }) as const),
]

async function keyFinding(stores: Readers, request: NewRequest): Promise<Finding> {
  const { environment, owner, key } = request
  const [earlier] = await stores.requests.ofKey({ environment }, key)
  if (!earlier) return { code: 'key_new', level: 'good', facts: {} }
  const now = await settling(stores, [request, earlier])
  const level = isSameOwner(now(earlier.owner), now(owner)) ? 'notice' : 'warning'
  const { number, profile } = earlier
  return { code: 'key_seen_before', level, facts: { request: number }, of: { ...placeOf(earlier), profile } }
}

const MOST = 5
