import http from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import type { HeadTarget } from '../core/log/push.ts'
import { isPublicAddress, publicLookup } from './public-address.ts'

/**
 * An address that heads are posted to, as `text/plain`; any answer of 2xx is a receipt. Nothing that is answered is read, no answer
 * leads elsewhere, and whatever is answered, or not, it is over in ten seconds.
 *
 * @param network `public`: names that have an address of a private network are not called, nor is anything but https
 */
export const headAddress = (address: string, network: 'public' | 'any'): HeadTarget => ({
  name: address,
  send: ({ note }) =>
    new Promise((resolve, reject) => {
      const url = new URL(address)
      const host = url.hostname.replace(/^\[|\]$/g, '')
      const isOpen = network === 'any'
      if (!isOpen && (url.protocol !== 'https:' || (isIP(host) !== 0 && !isPublicAddress(host))))
        return reject(new Error(`${address} is not an https address of the public network`))
      const call = (url.protocol === 'https:' ? https : http).request(url, {
        method: 'POST',
        headers: { 'content-type': 'text/plain; charset=utf-8', 'content-length': Buffer.byteLength(note) },
        signal: AbortSignal.timeout(LONGEST),
        agent: false,
        ...(isOpen ? {} : { lookup: publicLookup }),
      })
      const answered = ({ statusCode: status = 0 }: http.IncomingMessage, connection: { destroy(): unknown }): void => {
        if (status >= 200 && status < 300) resolve()
        else reject(new Error(`${url.host} answered ${status}`))
        connection.destroy()
      }
      call.on('error', reject)
      call.on('response', (response) => answered(response, response))
      call.on('upgrade', answered) // who wants another protocol gives no `response`
      call.on('close', () => reject(new Error(`${url.host} ended the connection`)))
      call.end(note)
    }),
})

/** Milliseconds. */
const LONGEST = 10_000
