import { createHash } from 'node:crypto'
import type { HeadTarget } from '../core/log/push.ts'
import { type Network, post, shownAddress } from './post.ts'

/** An address that heads are posted to, as `text/plain`. */
export const headAddress = (address: string, network: Network): HeadTarget => ({
  name: nameOf(address),
  send: async ({ note }) => void (await post(address, network, { 'content-type': 'text/plain; charset=utf-8' }, note)),
})

/** Two that differ in what is not shown are two. */
function nameOf(address: string): string {
  const shown = shownAddress(address)
  return shown === address ? shown : `${shown}#${createHash('sha256').update(address).digest('hex').slice(0, 8)}`
}
