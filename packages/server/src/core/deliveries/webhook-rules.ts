import type { DeliverySubject } from '@scel/contract/values'
import type { ChannelRules } from './channel.ts'

/** One message for the one address that there is, in the form of Standard Webhooks. */
export const webhookRules: ChannelRules = {
  messagesOf: ({ event, id, at, data }) => [{ id, body: JSON.stringify({ type: event, timestamp: at, data }) }],
  toldIn: (body) => {
    const { type, data } = JSON.parse(body) as Body
    return { event: type, about: subjectOf(data) }
  },
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
