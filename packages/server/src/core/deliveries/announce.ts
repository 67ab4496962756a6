import type { DeliveryChannel, Environment, ProfileName, RequestState, RevocationReason } from '@scel/contract/values'
import type { Certificate } from '../certificates/certificate.ts'
import type { Stores } from '../work.ts'
import type { Instant } from '../world.ts'
import type { Fact } from './channel.ts'
import { CHANNELS } from './channels.ts'

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

/** Leaves deliveries, on each channel its own, in the unit of the fact: both are there, or neither. Who or what it is about is asked of the desk: no name leaves it. */
export function announce(stores: Pick<Stores, 'deliveries'>, announced: Announcement): Promise<void> {
  const { kind, at, environment, organisation, service, request, profile, state } = announced
  const event = `request.${kind}`
  const id = `${event}.${request}.${Date.parse(at)}`
  const data = { environment, organisation, ...(service !== undefined && { service }), request, profile, state }
  return tell(stores, { event, id, at, environment, organisation, data })
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
  const event = `certificate.${kind}`
  const id = [event, certificate, ...Object.values(more)].join('.')
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
  await tell(stores, { event, id, at, ...of, data })
}

async function tell({ deliveries }: Pick<Stores, 'deliveries'>, fact: Fact): Promise<void> {
  const { at, environment, organisation } = fact
  const of = { environment, ...(organisation !== undefined && { organisation }), at }
  for (const [channel, { messagesOf }] of Object.entries(CHANNELS)) {
    for (const telling of messagesOf(fact)) {
      await deliveries.append({ channel: channel as DeliveryChannel, ...telling, ...of })
    }
  }
}
