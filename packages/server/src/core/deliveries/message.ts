import type { DeliverySubject } from '@scel/contract/values'
import type { Message } from './delivery.ts'

/** What a message says that happened, and to what: in the message itself, and nowhere besides. */
export function eventOf({ body }: Pick<Message, 'body'>): { readonly event: string; readonly about: DeliverySubject } {
  const { type, data } = JSON.parse(body) as Body
  return { event: type, about: subjectOf(data) }
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
