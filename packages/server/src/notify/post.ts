import http from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import type { DeliveryAnswerKind } from '@scel/contract/values'
import { NotTaken } from '../core/deliveries/not-taken.ts'
import { isPublicAddress, publicLookup } from './public-address.ts'

/** `public`: names that have an address of a private network are not called, nor is anything but https. */
export type Network = 'public' | 'any'

/** An address as logs and pages name it: whatever of it may be a token of whoever is called is left out. */
export function shownAddress(address: string): string {
  const { origin, pathname, search, username } = new URL(address)
  return search === '' && username === '' ? address : `${origin}${pathname}`
}

/**
 * Posts a text. Any answer of 2xx is a receipt; nothing that is answered is read, no answer leads elsewhere, and whatever is answered,
 * or not, it is over in ten seconds.
 *
 * @param ending once it is aborted, the call is
 * @returns the status of the receipt
 * @throws NotTaken where the address is not to be called, does not answer in time, or answers anything else
 */
export const post = (
  address: string,
  network: Network,
  headers: Readonly<Record<string, string>>,
  text: string,
  ending?: AbortSignal,
): Promise<number> =>
  new Promise((resolve, reject) => {
    const url = new URL(address)
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const isOpen = network === 'any'
    if (!isOpen && (url.protocol !== 'https:' || (isIP(host) !== 0 && !isPublicAddress(host))))
      return reject(new NotTaken('forbidden', `${shownAddress(address)} is not an https address of the public network`))
    const call = (url.protocol === 'https:' ? https : http).request(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(text) },
      signal: AbortSignal.any([AbortSignal.timeout(LONGEST), ...(ending ? [ending] : [])]),
      agent: false,
      ...(isOpen ? {} : { lookup: publicLookup }),
    })
    const answered = ({ statusCode: status = 0 }: http.IncomingMessage, connection: { destroy(): unknown }): void => {
      if (status >= 200 && status < 300) resolve(status)
      else reject(new NotTaken(status === GONE ? 'rejected' : 'refused', `${url.host} answered ${status}`, { status }))
      connection.destroy()
    }
    call.on('error', (error: NodeJS.ErrnoException) => {
      reject(error instanceof NotTaken ? error : new NotTaken(kindOf(error, ending), error.message, { cause: error }))
    })
    call.on('response', (response) => answered(response, response))
    let before = 0
    call.on('information', () => {
      if (++before > MOST_BEFORE)
        call.destroy(new NotTaken('garbled', `${url.host} announces an answer and gives none`))
    })
    call.on('upgrade', answered) // who wants another protocol gives no `response`
    call.on('close', () => reject(new NotTaken('unanswered', `${url.host} ended the connection`)))
    call.end(text)
  })

function kindOf({ code = '', name }: NodeJS.ErrnoException, ending?: AbortSignal): DeliveryAnswerKind {
  if (name === 'AbortError' || name === 'TimeoutError') return ending?.aborted ? 'stopped' : 'late'
  if (/^(HPE_|ERR_SSL_|EPROTO)/.test(code)) return 'garbled'
  if (/CERT|SIGNATURE|^ERR_TLS_|^HOSTNAME_MISMATCH|^INVALID_(CA|PURPOSE)|^PATH_LENGTH/.test(code)) return 'untrusted'
  return /^(ECONNRESET|EPIPE|ECONNABORTED)$/.test(code) ? 'unanswered' : 'unreachable'
}

/** Answers of 1xx before the one that counts. */
const MOST_BEFORE = 8

/** Who answers so says that they will never take it (RFC 9110 §15.5.11); whatever else they answer, they may be mended. */
const GONE = 410

/** Milliseconds. */
const LONGEST = 10_000
