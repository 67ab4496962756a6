import type { Environment, ProfileName, RequestState, RevocationReason } from '@scel/contract/values'
import type { Certificate } from '../certificates/certificate.ts'
import type { Stores, Work } from '../work.ts'
import type { Instant } from '../world.ts'

/** What of a request others are told of: how it was decided, and that it ended by itself. */
export type Announced = 'approved' | 'rejected' | 'expired'

export const isAnnounced = (kind: string): kind is Announced => ['approved', 'rejected', 'expired'].includes(kind)

export interface Announcement {
  readonly kind: Announced
  readonly at: Instant
  readonly environment: Environment
  readonly organisation: string
  readonly service?: string
  readonly request: number
  readonly profile: ProfileName
  readonly state: RequestState
}

/** Leaves a delivery in the unit of the fact: both are there, or neither. Who or what it is about is asked of the desk: no name leaves it. */
export function announce(stores: Pick<Stores, 'deliveries'>, announced: Announcement): Promise<void> {
  const { kind, at, environment, organisation, service, request, profile, state } = announced
  const type = `request.${kind}`
  const id = `${type}.${request}.${Date.parse(at)}`
  const data = { environment, organisation, ...(service !== undefined && { service }), request, profile, state }
  return stores.deliveries.append({ id, environment, organisation, body: bodyOf(type, at, data), at })
}

/** What of a certificate others are told of: that it ends in so many days, that it has ended, that it was revoked and why. */
export type CertificateFact =
  | { readonly kind: 'expiring'; readonly days: number }
  | { readonly kind: 'expired' }
  | { readonly kind: 'revoked'; readonly reason: RevocationReason }

/** The same of a certificate; of each fact once, whoever finds it and however often. What the desk has for itself concerns nobody else. */
export async function announceCertificate(
  stores: Pick<Stores, 'deliveries'>,
  { id: certificate, environment, organisation, service, profile, serial, request, owner, notAfter }: Certificate,
  { kind, ...more }: CertificateFact,
  at: Instant,
): Promise<void> {
  if (owner.kind === 'desk') return
  const type = `certificate.${kind}`
  const id = [type, certificate, ...Object.values(more)].join('.')
  const of = { environment, ...(organisation !== undefined && { organisation }) }
  const part = service !== undefined && { service }
  const data = {
    ...of,
    ...part,
    certificate,
    serial,
    profile,
    ...(request !== undefined && { request }),
    notAfter,
    ...more,
  }
  await stores.deliveries.append({ id, ...of, body: bodyOf(type, at, data), at })
}

const bodyOf = (type: string, timestamp: Instant, data: object): string => JSON.stringify({ type, timestamp, data })

/** The same work where nobody is to be told. */
export const quietWork = (work: Work): Work => ({
  read: (run) => work.read(run),
  transaction: (run, order) =>
    work.transaction((stores) => {
      const { deliveries } = stores
      return run({
        ...stores,
        deliveries: {
          append: async () => undefined,
          claim: (lasts, longest) => deliveries.claim(lasts, longest),
          done: (id, answer) => deliveries.done(id, answer),
          postpone: (id, pause, answer) => deliveries.postpone(id, pause, answer),
          giveUp: (id, answer) => deliveries.giveUp(id, answer),
          sendAgain: (id) => deliveries.sendAgain(id),
          page: (scope, query) => deliveries.page(scope, query),
          find: (scope, number) => deliveries.find(scope, number),
          purge: (before) => deliveries.purge(before),
        },
      })
    }, order),
})
