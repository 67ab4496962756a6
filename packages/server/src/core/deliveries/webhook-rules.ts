import type { DeliverySubject } from '@scel/contract/values'
import type { OwnerKind } from '../owner.ts'
import type { ChannelRules } from './channel.ts'
import { type CertificateFact, eventOf, type Fact, idOf, placeOf, type RequestFact, saidOf } from './fact.ts'

/**
 * One message for the one address that there is, in the form of Standard Webhooks. It is stored in the bytes in which it is sent: whoever is told twice is
 * told the same. Who or what it is about is asked of the desk: no name leaves it.
 *
 * Told is what becomes of requests of applicants and organisations, when they are decided or nobody decides, and of certificates that are not the desk’s own.
 */
export const WEBHOOK_RULES: ChannelRules = {
  messagesOf: async (_, fact) => {
    const data = dataOf(fact)
    if (data === undefined) return []
    const what = JSON.stringify({ type: eventOf(fact), timestamp: fact.at, data })
    return [{ id: idOf(fact), what }]
  },
  toldIn: (what) => {
    const { type, data } = JSON.parse(what) as Body
    return { event: type, about: subjectOf(data) }
  },
  write: async (_, { what }) => ({ body: what }),
}

/** @returns undefined where it is not told */
function dataOf(fact: Fact): object | undefined {
  if (fact.about === 'request') return requestData(fact)
  return fact.about === 'certificate' ? certificateData(fact) : undefined
}

function requestData(fact: RequestFact): object | undefined {
  const { environment, organisation, service, request, profile, state, owner } = fact
  if (organisation === undefined || !IS_TOLD[owner.kind].request || !isDecided(fact)) return undefined
  return { environment, organisation, ...(service !== undefined && { service }), request, profile, state }
}

/** What ends with its certificate is told of the certificate. */
const isDecided = ({ kind, before }: RequestFact): boolean =>
  kind === 'approved' || kind === 'rejected' || (kind === 'expired' && before === 'pending')

function certificateData(fact: CertificateFact): object | undefined {
  const { id: certificate, serial, profile, request, notAfter, owner } = fact.certificate
  if (!IS_TOLD[owner.kind].certificate) return undefined
  const { environment, organisation, service } = placeOf(fact)
  return {
    environment,
    ...(organisation !== undefined && { organisation }),
    ...(service !== undefined && { service }),
    certificate,
    serial,
    profile,
    ...(request !== undefined && { request }),
    notAfter,
    ...saidOf(fact),
  }
}

/** Other systems are told of what organisations get, not of who signs in and of what the desk needs for itself. */
const IS_TOLD: Readonly<Record<OwnerKind, { readonly request: boolean; readonly certificate: boolean }>> = {
  applicant: { request: true, certificate: true },
  organisation: { request: true, certificate: true },
  person: { request: false, certificate: true },
  desk: { request: false, certificate: false },
}

/** What is told of a certificate names the request that asked for it, too. */
function subjectOf({ certificate, request, serial, days }: Body['data']): DeliverySubject {
  if (certificate === undefined) return { kind: 'request', id: String(request) }
  const more = { ...(serial !== undefined && { serial }), ...(days !== undefined && { days }) }
  return { kind: 'certificate', id: certificate, ...more }
}

interface Body {
  readonly type: string
  readonly data: {
    readonly request?: number
    readonly certificate?: string
    readonly serial?: string
    readonly days?: number
  }
}
