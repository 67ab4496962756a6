import { refuse } from '@scel/contract/errors'
import type { ProvenCsr } from '../issuance/csr.ts'
import { isSameParty } from '../keys/holder.ts'
import type { UsableKey } from '../keys/usable-key.ts'
import { settling } from '../services/settling.ts'
import type { Readers } from '../work.ts'
import { isUnbound } from './binding.ts'
import type { Finding } from './finding.ts'
import type { NewRequest, Request } from './request.ts'

// A request that does not name its applicant is a text: whoever has read it can send it as their own. Two that wait with one
// key are a request and its copy, in whatever environment, and nobody knows which is which. None of them that names nobody is
// approved, so that a copy does not take the key from whoever holds it. What names its applicant was made by the key for them.

type Asked = Pick<Readers, 'requests' | 'keys' | 'services'>

/** What those who decide are told of it. Requests of the other environment have no number here. */
export async function contestedKey(stores: Asked, request: Request): Promise<Finding[]> {
  if (!namesNobody(request)) return []
  const other = await contester(stores, request)
  if (!other) return []
  const told = { code: 'key_pending_elsewhere', level: 'warning' } as const
  if (other.environment !== request.environment) return [{ ...told, facts: { shown: 'no' } }]
  const { number, organisation, service, profile } = other
  const place = {
    ...(organisation === undefined ? {} : { organisation }),
    ...(service === undefined ? {} : { service }),
  }
  return [{ ...told, facts: { request: number }, of: { ...place, profile } }]
}

/**
 * @param csr of this request
 * @throws DeskError request_key_contested
 */
export async function requireUncontested(stores: Asked, request: Request, csr: ProvenCsr): Promise<void> {
  if (!isUnbound(csr.request)) return
  if (await contester(stores, request)) refuse('request_key_contested', { request: request.number })
}

/**
 * What is decided as it comes is looked at by nobody: a copy would take the key from whoever waits with it.
 * @param found of the key, in the same unit
 * @throws DeskError csr_key_in_use
 */
export async function requireUnawaited(
  stores: Asked,
  request: Pick<NewRequest, 'environment' | 'key' | 'owner' | 'findings'>,
  { isTheirs }: Pick<UsableKey, 'isTheirs'>,
): Promise<void> {
  if (isTheirs || !namesNobody(request)) return
  const now = await settling(stores, [request])
  if (await stores.requests.pendingOfKeyByOthers(request.key, now(request.owner))) refuse('csr_key_in_use', {})
}

/** Whose the key is already, their next request is no copy. */
async function contester(
  stores: Asked,
  { environment, key, owner }: Pick<Request, 'environment' | 'key' | 'owner'>,
): Promise<Request | undefined> {
  const holders = await stores.keys.holdersOf(key)
  const owned = holders.map((one) => ({ environment: one.environment, owner: one.holder.owner }))
  const now = await settling(stores, [{ environment, owner }, ...owned])
  if (owned.some((one) => isSameParty(now(one.owner), now(owner)))) return undefined
  return stores.requests.pendingOfKeyByOthers(key, now(owner))
}

/** Whether any request waits with a key, in whatever environment. */
export const isKeyAwaited = async (stores: Pick<Readers, 'requests'>, key: string): Promise<boolean> =>
  (await stores.requests.pendingOfKeyByOthers(key)) !== undefined

/** As it was found at the submission. */
export const namesNobody = ({ findings }: Pick<NewRequest, 'findings'>): boolean =>
  findings.some(({ code }) => code === 'applicant_not_bound')
