import type { HeadTarget } from '../core/log/push.ts'
import { type Network, post } from './post.ts'

/** An address that heads are posted to, as `text/plain`. */
export const headAddress = (address: string, network: Network): HeadTarget => ({
  name: address,
  send: async ({ note }) => void (await post(address, network, { 'content-type': 'text/plain; charset=utf-8' }, note)),
})
