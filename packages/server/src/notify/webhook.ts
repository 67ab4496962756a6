import { createHmac } from 'node:crypto'
import type { Carrier } from '../core/deliveries/carrier.ts'
import { type Network, post, shownAddress } from './post.ts'

/** An address that is told as Standard Webhooks say: JSON under HMAC-SHA-256, with the name of the message and the time of the attempt. */
export const webhook = (address: string, network: Network, secret: Uint8Array): Carrier => ({
  name: shownAddress(address),
  send: ({ id, at, body }, ending) => {
    const seconds = String(Math.floor(Date.parse(at) / 1_000))
    const signature = createHmac('sha256', secret).update(`${id}.${seconds}.${body}`).digest('base64')
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': seconds,
      'webhook-signature': `v1,${signature}`,
    }
    return post(address, network, headers, body, ending)
  },
})
