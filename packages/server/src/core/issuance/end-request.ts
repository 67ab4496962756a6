import { type Actor, actorFrom, actorName } from '../actor.ts'
import type { Stores } from '../work.ts'
import type { Instant } from '../world.ts'

type Ending = NonNullable<Awaited<ReturnType<Stores['requests']['find']>>>

/**
 * The end of a request whose certificate is revoked, or is never made, in the caller's unit: its state, its timeline, and whoever looks on.
 * Of one that has this end already, the reason. The line of the log is the certificate's.
 */
export async function endRequest(
  stores: Pick<Stores, 'requests' | 'outbox'>,
  actor: Actor,
  { environment, organisation, enrolment, number }: Ending,
  at: Instant,
  reason: string,
): Promise<void> {
  const scope = { environment }
  await stores.requests.update(scope, number, { state: 'revoked', reason })
  const by = { kind: actor.kind, name: actorName(actor), ...actorFrom(actor) }
  await stores.requests.addStep(scope, number, { kind: 'revoked', at, actor: by, reason })
  const about = { environment, organisation, enrolment, kind: 'request', target: String(number) } as const
  await stores.outbox.append({ ...about, state: 'revoked', at })
}
