import type { HeldByOther } from '../names/name.port.ts'
import { namesOfRequest } from '../names/names-of.ts'
import { overlap } from '../names/normal-name.ts'
import { settling } from '../services/settling.ts'
import type { Readers } from '../work.ts'
import type { Instant } from '../world.ts'
import type { Finding } from './finding.ts'
import type { NewRequest } from './request.ts'

// Who else has a name that a request asks for, in the whole environment: another organisation, another applicant or another service of the
// same one, a certificate that has the name beside others, a wildcard. Of requests for the same subject that wait for a
// decision `history.ts` speaks; what was decided is told here, signed or not, at the submission and again at the decision.

export type NameAsker = Pick<
  NewRequest,
  'environment' | 'organisation' | 'profile' | 'subjectKey' | 'owner' | 'commonName' | 'names'
>

/** What each other holder of a name means for the request: one finding a holder. */
export async function nameConflicts(stores: Readers, request: NameAsker, now: Instant): Promise<Finding[]> {
  const names = [...new Set(namesOfRequest(request).map(({ name }) => name))]
  const { environment, organisation } = request
  const owner = (await settling(stores, [request]))(request.owner)
  const held = await stores.names.heldByOthers({
    environment,
    ...(organisation === undefined ? {} : { organisation }),
    owner,
    names,
    now,
  })
  const holders = new Map<string, HeldByOther[]>()
  for (const one of held) {
    if (isWaiting(one) && isSameSubject(one, request)) continue
    const holder = one.certificate?.id ?? `${one.request?.number}`
    holders.set(holder, [...(holders.get(holder) ?? []), one])
  }
  return [...holders.values()].map((ofOne) => findingOf(ofOne, names))
}

const isWaiting = ({ certificate, request }: HeldByOther): boolean =>
  certificate === undefined && request?.certificate === undefined

const isSameSubject = (held: HeldByOther, request: NameAsker): boolean =>
  held.organisation?.id === request.organisation &&
  held.profile === request.profile &&
  held.subjectKey === request.subjectKey

function findingOf(held: readonly HeldByOther[], asked: readonly string[]): Finding {
  const { organisation, service, certificate, request, profile } = held[0]!
  const wanted = asked.filter((name) => held.some((one) => overlap(one.name, name)))
  const shared = {
    name: wanted.length > MOST ? `${wanted.slice(0, MOST).join(', ')}, …` : wanted.join(', '),
    organisation: organisation ? `${organisation.code} – ${organisation.name}` : '–',
  }
  const decided = certificate?.id ?? request?.certificate
  const of = {
    ...(organisation ? { organisation: organisation.id } : {}),
    ...(service === undefined ? {} : { service }),
    profile,
    ...(decided === undefined ? {} : { certificate: decided }),
  }
  if (certificate) {
    const { serial, notAfter } = certificate
    return { code: 'name_certified_elsewhere', level: 'warning', facts: { ...shared, serial, notAfter }, of }
  }
  const facts = { ...shared, request: request?.number ?? 0, state: request?.state ?? 'pending' }
  return { code: 'name_pending_elsewhere', level: 'warning', facts, of }
}

/** The certificates, issued or about to be, that others have for names of the request. */
export const certifiedElsewhere = (findings: readonly Finding[]): string[] =>
  findings.flatMap(({ code, of }) => (NAME_CODES.has(code) && of?.certificate ? [of.certificate] : [])).sort()

export const isNameFinding = ({ code }: Finding): boolean => NAME_CODES.has(code)
const NAME_CODES: ReadonlySet<string> = new Set(['name_certified_elsewhere', 'name_pending_elsewhere'])
const MOST = 5
