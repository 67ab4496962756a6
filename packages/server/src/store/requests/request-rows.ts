import { isProfileName, ORIGIN_KINDS, REQUEST_STATES, RequestStep, STORE_TYPES } from '@scel/contract/values'
import type { Selectable, SelectQueryBuilder } from 'kysely'
import { Compile } from 'typebox/compile'
import { networkOf } from '../../core/network.ts'
import type { OwnerKind } from '../../core/owner.ts'
import type {
  NewRequest,
  OriginKind,
  Request,
  RequestChange,
  RequestEntry,
  Step,
} from '../../core/registration/request.ts'
import type { Scope } from '../../core/scope.ts'
import { instant, isInstant } from '../../core/world.ts'
import type { Bound } from '../bound.ts'
import { ownerOf, ownerRow } from '../certificates/owner-columns.ts'
import type { CodedRows } from '../codes/coded-rows.ts'
import { serviceRefOf } from '../organisations/service-ref.ts'
import { choicesColumn, contactColumn, findingsColumn, machineColumn, namesColumn } from '../queries/json-columns.ts'
import { present } from '../queries/optional.ts'
import { fold, searchable } from '../search/search.ts'
import type { RequestRow, RequestStepRow, Tables } from '../tables.ts'

export const requestRow = (request: NewRequest): Omit<Selectable<RequestRow>, 'number' | 'kit'> => ({
  environment: request.environment,
  organisation: request.organisation ?? null,
  service: request.service ?? null,
  profile: request.profile,
  store: request.store ?? null,
  state: request.state,
  common_name: request.commonName,
  subject_key: request.subjectKey,
  key_hash: request.key,
  ...ownerRow(request.owner),
  host_folded: fold(request.machine?.hostName ?? ''),
  from_address: request.from,
  from_network: networkOf(request.from),
  origin_kind: request.origin.kind,
  origin_id: request.origin.id,
  origin_name: request.origin.name,
  origin_of: request.origin.of ?? null,
  asked_by: request.askedBy ?? null,
  submitted_at: request.submittedAt,
  decided_at: request.decidedAt ?? null,
  decided_by: request.decidedBy ?? null,
  decided_by_id: request.decidedById ?? null,
  downloaded_at: request.downloadedAt ?? null,
  downloaded_by: request.downloadedBy ?? null,
  downloaded_by_id: request.downloadedById ?? null,
  reason: request.reason ?? null,
  certificate: request.certificate ?? null,
  certificate_ends: null,
  search: searchOf(request),
  subject: request.subject,
  names: JSON.stringify(request.names),
  csr: request.csr,
  machine: request.machine ? JSON.stringify(request.machine) : null,
  contact: request.contact ? JSON.stringify(request.contact) : null,
  findings: JSON.stringify(request.findings),
  choices: request.choices ? JSON.stringify(request.choices) : null,
  read_under: request.readUnder ?? null,
})

/** What a request is found by. */
export const searchOf = ({
  commonName,
  machine,
  contact,
}: Pick<NewRequest, 'commonName' | 'machine' | 'contact'>): string =>
  searchable(commonName, machine?.hostName, contact?.description, contact?.email)

/** The columns of a change; a field that is absent is left as it is. */
export const changeRow = (change: RequestChange): Partial<Omit<Selectable<RequestRow>, 'number' | 'kit'>> =>
  present({
    state: change.state,
    decided_at: change.decidedAt,
    decided_by: change.decidedBy,
    decided_by_id: change.decidedById,
    downloaded_at: change.downloadedAt,
    downloaded_by: change.downloadedBy,
    downloaded_by_id: change.downloadedById,
    reason: change.reason,
    certificate: change.certificate,
  })

/** Reads rows of requests, which have no code, and tells of those that the desk cannot have written. */
export type Tell = CodedRows['altered']

const MACHINE: Request['machine'] = {
  hostName: '',
  macAddresses: [],
  processor: '',
  processorId: '',
  operatingSystem: '',
  operatingSystemVersion: '',
  architecture: '',
}
const CONTACT: Request['contact'] = { email: '' }

export function requestOf(row: Selectable<RequestRow>, tell: Tell): Request {
  const read = {
    names: namesColumn(row.names),
    machine: machineColumn(row.machine),
    contact: contactColumn(row.contact),
    findings: findingsColumn(row.findings),
    choices: choicesColumn(row.choices),
  }
  const none: readonly Field[] = ['choices', ...NONE[ownerOf(row).kind]]
  const unreadable = UNREAD.filter(
    (field) => read[field] === undefined && !(row[field] === null && none.includes(field)),
  )
  const facts = plainOf(row)
  if (unreadable.length > 0 || facts.odd)
    tell({ table: 'request', id: String(row.number), environment: row.environment })
  const { names = [], findings = [], choices } = read
  const machine = unreadable.includes('machine') ? MACHINE : read.machine
  const contact = unreadable.includes('contact') ? CONTACT : read.contact
  return {
    ...requestWith({ ...row, ...facts.read }, { names, findings, ...present({ machine, contact, choices }) }),
    ...(unreadable.length > 0 && { unreadable }),
  }
}

const UNREAD = ['names', 'machine', 'contact', 'findings', 'choices'] as const
type Field = (typeof UNREAD)[number]
/** What there need not be beside choices, by whose the certificate is. */
const NONE: Readonly<Record<OwnerKind, readonly Field[]>> = {
  applicant: [],
  organisation: [],
  person: ['machine', 'contact'],
  desk: ['machine', 'contact'],
}
type Read = Pick<Request, Field>

const requestWith = (row: Selectable<RequestRow>, { names, findings, ...facts }: Read): Request => ({
  number: row.number,
  environment: row.environment,
  profile: row.profile,
  state: row.state,
  commonName: row.common_name,
  subjectKey: row.subject_key,
  subject: row.subject,
  names,
  csr: row.csr,
  key: row.key_hash,
  origin: {
    ...{ kind: originKind(row.origin_kind), id: row.origin_id, name: row.origin_name },
    of: row.origin_of ?? undefined,
  },
  owner: ownerOf(row),
  ...facts,
  askedBy: row.asked_by ?? undefined,
  from: row.from_address,
  findings,
  submittedAt: row.submitted_at,
  ...present({
    organisation: row.organisation,
    service: row.service,
    store: row.store,
    readUnder: row.read_under,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
    decidedById: row.decided_by_id,
    downloadedAt: row.downloaded_at,
    downloadedBy: row.downloaded_by,
    downloadedById: row.downloaded_by_id,
    reason: row.reason,
    certificate: row.certificate,
  }),
})

type Plain = Pick<
  Selectable<RequestRow>,
  'profile' | 'store' | 'state' | 'submitted_at' | 'decided_at' | 'downloaded_at'
>

/** The columns of which only some values are possible: what nobody can have written is read as what leads nowhere. */
function plainOf(row: Plain): { readonly read: Plain; readonly odd: boolean } {
  const at = (instant: string | null): string | null => (isInstant(instant) ? instant : null)
  const read: Plain = {
    profile: isProfileName(row.profile) ? row.profile : NO_PROFILE,
    store: row.store !== null && STORE_TYPES.includes(row.store) ? row.store : null,
    state: REQUEST_STATES.includes(row.state) ? row.state : 'cancelled',
    submitted_at: at(row.submitted_at) ?? EPOCH,
    decided_at: at(row.decided_at),
    downloaded_at: at(row.downloaded_at),
  }
  return { read, odd: Object.entries(read).some(([name, value]) => value !== row[name as keyof Plain]) }
}
/** Of no profile that there is. */
const NO_PROFILE = 'unknown'
const EPOCH = instant(new Date(0))

/** A kind that there is not somebody wrote: it is read as that which nothing but the row's own code vouches for. */
const originKind = (kind: OriginKind): OriginKind => (ORIGIN_KINDS.includes(kind) ? kind : 'file')

interface Joined {
  readonly organisation_code: string | null
  readonly organisation_name: string | null
  readonly service_name: string | null
  readonly certificate_serial: string | null
  readonly certificate_not_after: string | null
  readonly conflicts: number | null
}
export type RequestEntryRow = Selectable<RequestRow> & Joined
type EntryQuery = SelectQueryBuilder<Tables, 'request' | 'organisation' | 'service' | 'certificate', RequestEntryRow>

/** Requests with what lists show beside them. Conflicts are counted for the pending alone, from a small index. */
export const requestEntries = (db: Bound): EntryQuery =>
  db
    .selectFrom('request')
    .leftJoin('organisation', 'organisation.id', 'request.organisation')
    .leftJoin('service', 'service.id', 'request.service')
    .leftJoin('certificate', 'certificate.id', 'request.certificate')
    .selectAll('request')
    .select(['organisation.code as organisation_code', 'organisation.name as organisation_name'])
    .select('service.name as service_name')
    .select(['certificate.serial as certificate_serial', 'certificate.not_after as certificate_not_after'])
    .select((eb) =>
      eb
        .selectFrom('request as other')
        .select(eb.fn.countAll<number>().as('count'))
        .where('request.state', '=', 'pending')
        .where('other.state', '=', 'pending')
        .whereRef('other.environment', '=', 'request.environment')
        .whereRef('other.organisation', '=', 'request.organisation')
        .whereRef('other.profile', '=', 'request.profile')
        .whereRef('other.subject_key', '=', 'request.subject_key')
        .whereRef('other.number', '<>', 'request.number')
        .as('conflicts'),
    )

export function requestEntryOf(row: RequestEntryRow, tell: Tell): RequestEntry {
  const { organisation: id, organisation_code: code, organisation_name: name } = row
  const organisationRef = id === null || code === null || name === null ? undefined : { id, code, name }
  const entry = {
    ...requestOf(row, tell),
    ...present({ organisationRef }),
    ...serviceRefOf(row),
    conflicts: row.conflicts ?? 0,
  }
  if (row.certificate === null || row.certificate_serial === null) return entry
  const certificateRef = { id: row.certificate, serial: row.certificate_serial, notAfter: row.certificate_not_after! }
  return { ...entry, certificateRef }
}

export const stepRow = (request: number, step: Step): Omit<Selectable<RequestStepRow>, 'number'> => ({
  request,
  kind: step.kind,
  at: step.at,
  actor_kind: step.actor.kind,
  actor_id: step.actorId ?? null,
  actor_name: step.actor.name,
  actor_from: step.actor.from ?? null,
  beforehand: step.beforehand ? 1 : 0,
  reason: step.reason ?? null,
  other_request: step.request ?? null,
})

/** Steps have no code: what is none that there is somebody else wrote. It is told, and left out. */
export function stepsOf(rows: readonly Selectable<RequestStepRow>[], { environment }: Scope, tell: Tell): Step[] {
  return rows.flatMap((row) => {
    const step = stepOf(row)
    if (isStep.Check(step)) return step
    tell({ table: 'request_step', id: String(row.number), environment })
    return []
  })
}

const isStep = Compile(RequestStep)

const stepOf = (row: Selectable<RequestStepRow>): Step => ({
  kind: row.kind,
  at: row.at,
  actor: { kind: row.actor_kind, name: row.actor_name, ...present({ from: row.actor_from }) },
  ...(row.beforehand === 1 && { beforehand: true }),
  ...present({ reason: row.reason, request: row.other_request }),
})
