import { type Actor, actorFrom, actorId, actorName } from '../actor.ts'
import type { FollowGivenUp } from '../issuance/given-up.ts'
import { requestOfIntent } from '../issuance/intent.ts'
import type { Mark } from '../revocation/compromise.ts'
import type { FollowRevocation, OwnerFollowers } from '../revocation/revoke.ts'
import type { Stores } from '../work.ts'
import type { Instant } from '../world.ts'
import type { Request } from './request.ts'
import { mayBecome } from './request-state.ts'

/** What follows from the revocation of a request's certificate, in the unit that revokes. */
export const endRevokedRequest: FollowRevocation = async (stores, actor, certificate, at, reason) => {
  const { environment, request: number } = certificate
  const request = number === undefined ? undefined : await stores.requests.find({ environment }, number)
  if (request && (request.state === 'revoked' || mayBecome(request.state, 'revoked')))
    await endRequest(stores, actor, request, at, reason)
}

/** What follows where the certificate of an approved request is never made. */
export const endGivenUpRequest: FollowGivenUp = async (stores, actor, intent, at, reason) => {
  const { environment } = intent
  const number = requestOfIntent(intent)
  const request = number === undefined ? undefined : await stores.requests.find({ environment }, number)
  if (request?.state === 'approved') await endRequest(stores, actor, request, at, reason)
}

/** What the machine that asked for a certificate was known by. */
export const machineMarks: OwnerFollowers['marksOf'] = async (stores, { environment, request }) => {
  const machine = request === undefined ? undefined : (await stores.requests.find({ environment }, request))?.machine
  return [...new Set(machine?.macAddresses)].map((value): Mark => ({ kind: 'address', value }))
}

/**
 * The end of a request whose certificate is revoked, or is never made, in the caller's unit: its state, its timeline, and whoever looks on.
 * Of one that has this end already, the reason. The line of the log is the certificate's.
 */
async function endRequest(
  stores: Pick<Stores, 'requests' | 'outbox' | 'facts'>,
  actor: Actor,
  { environment, organisation, service, profile, number, owner, state: before }: Request,
  at: Instant,
  reason: string,
): Promise<void> {
  const scope = { environment }
  await stores.requests.update(scope, number, { state: 'revoked', reason })
  const by = { kind: actor.kind, name: actorName(actor), ...actorFrom(actor) }
  await stores.requests.addStep(scope, number, { kind: 'revoked', at, actor: by, ...actorId(actor), reason })
  const of = { environment, ...(organisation === undefined ? {} : { organisation }), profile }
  const part = service === undefined ? {} : { service }
  const state = 'revoked'
  await stores.facts.announce({
    ...{ about: 'request', kind: 'revoked', at, ...of, ...part, request: number, owner, before, state, reason },
  })
  await stores.outbox.append({ ...of, ...part, owner, kind: 'request', target: String(number), state, at })
}
