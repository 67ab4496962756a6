import { isSameOwner } from '../owner.ts'
import { scopeAt } from '../scope.ts'
import { settling } from '../services/settling.ts'
import type { Readers } from '../work.ts'
import type { Finding } from './finding.ts'
import type { NewRequest, Request } from './request.ts'

// In the name of an organisation several people ask, and their certificates are all its own. So one of them takes the place of
// what a colleague handed in only with the same key; with another one it may be an attempt, and both wait for whoever decides. What is of
// another service, or of the organisation as a whole, nobody takes the place of: who asks for one may have none of the other. What
// somebody asks for themselves bears their name, whatever it is for: another address is another wish.

type Attempt = Pick<NewRequest, 'owner' | 'key' | 'origin' | 'names'>

/** Whether a request takes the place of one that waits for the same subject. Both owners are as they are now: see `settling`. */
export const takesPlaceOf = (request: Attempt, waiting: Attempt): boolean =>
  isSameOwner(request.owner, waiting.owner) && (request.key === waiting.key || isSameAttempt(request, waiting))

/** Which person it is that asks for an organisation, the origin says. */
function isSameAttempt({ owner, origin, names }: Attempt, { origin: other, names: others }: Attempt): boolean {
  if (owner.kind === 'person') return isSameList([...names].sort(), [...others].sort())
  return owner.kind !== 'organisation' || (origin.kind === other.kind && origin.id === other.id)
}

const isSameList = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((one, at) => one === others[at])

/** What was decided for others who ask in the same name, for the same subject with another key, since a request waits. */
export async function grantedBeside(
  stores: Pick<Readers, 'requests' | 'organisations' | 'services'>,
  request: Request,
): Promise<Finding[]> {
  const { owner, organisation, profile, subjectKey, submittedAt, commonName } = request
  if (owner.kind !== 'organisation' || organisation === undefined) return []
  const scope = scopeAt(request)
  const decided = await stores.requests.ofSubject(scope, profile, subjectKey, GRANTED)
  const now = await settling(stores, [request, ...decided])
  const asking = { ...request, owner: now(owner) }
  const granted = decided.filter((one) => {
    const other = { ...one, owner: now(one.owner) }
    const isBeside = isSameOwner(other.owner, asking.owner) && !takesPlaceOf(asking, other)
    return isBeside && (one.decidedAt ?? '') >= submittedAt
  })
  if (granted.length === 0) return []
  const found = await stores.organisations.find(scope, organisation)
  return granted.flatMap(({ number, certificate }) => {
    if (certificate === undefined) return []
    const shared = { name: commonName, organisation: found ? `${found.code} – ${found.name}` : '–' }
    const facts = { ...shared, request: number, state: 'approved' }
    return { code: 'name_pending_elsewhere', level: 'warning', facts, of: { organisation, profile, certificate } }
  })
}

const GRANTED = ['approved', 'installed', 'downloaded'] as const
