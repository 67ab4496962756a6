// Revocation lists and OCSP answers from the addresses that certificates name. The library asks for them, and only about
// certificates whose chain it has followed to an anchor; what comes is signed, so it does not matter how it comes.

import { equal } from '@scel/pki/bytes'
import { fail, isPkiError } from '@scel/pki/errors'
import type { Fetched, Want } from '@scel/pki/path'
import { parseCrl } from '@scel/pki/x509'
import { answerOf } from '../enrol/http-call.ts'
import { CliError, isCliError, stop } from '../ui/cli-error.ts'
import { postOcsp } from './ask-ocsp.ts'

export interface FetchStatusOptions {
  /** PEM: for https addresses, besides those of the system. */
  readonly roots: readonly string[]
  readonly signal: AbortSignal
  /** For each address, all in all. @default 10 */
  readonly seconds?: number
}

/** An address that was asked, or was to be; `error` says why nothing came. */
export interface AskedAddress {
  readonly kind: Want['kind']
  readonly url: string
  readonly error?: Error
}

export interface StatusFetcher {
  /** Each question is put once, to at most 16 addresses. @throws interrupted */
  readonly fetch: (want: Want) => Promise<Fetched | undefined>
  /** As far as it came, in order. */
  readonly asked: readonly AskedAddress[]
}

export function statusFetcher({ roots, signal, seconds = 10 }: FetchStatusOptions): StatusFetcher {
  const asked: AskedAddress[] = []
  const known = new Map<string, Fetched | undefined>()

  const ask = async (want: Want, url: URL): Promise<Fetched> => {
    const late = AbortSignal.timeout(seconds * 1_000)
    const by = { url, roots, seconds, signal: AbortSignal.any([signal, late]) }
    try {
      if (want.kind === 'ocsp') return { ocsp: [await answerAbout(want, by)] }
      return { crls: [parseCrl(await answerOf({ ...by, largest: LONGEST_LIST }))] }
    } catch (error) {
      if (signal.aborted) stop('interrupted')
      throw late.aborted ? new CliError('no_answer', { host: url.host, seconds }, error) : error
    }
  }

  return {
    asked,
    async fetch(want) {
      const url = callable(want.url)
      if (!url) return undefined
      const { issuer, serialHex } = want.certificate
      const key = want.kind === 'ocsp' ? `${url} ${Buffer.from(issuer.der).toString('hex')} ${serialHex}` : `${url}`
      if (known.has(key) || asked.length > MOST) return known.get(key)
      known.set(key, undefined)
      const { kind } = want
      try {
        if (asked.length === MOST) stop('service_many', { limit: MOST })
        const found = await ask(want, url)
        known.set(key, found)
        asked.push({ kind, url: want.url })
        return found
      } catch (error) {
        if (!isPkiError(error) && !isCliError(error)) throw error
        if (isCliError(error) && error.code === 'interrupted') throw error
        asked.push({ kind, url: want.url, error })
        return undefined
      }
    },
  }
}

/** Responders with answers made in advance know no nonce: such an answer counts by its dates, as a list does. */
async function answerAbout(
  { certificate, issuer }: Want,
  by: Omit<Parameters<typeof postOcsp>[0], 'certificate' | 'issuer'>,
): Promise<NonNullable<Fetched['ocsp']>[number]> {
  const { response, nonce } = await postOcsp({ ...by, certificate, issuer: issuer! })
  if (response.basic?.nonce && !equal(response.basic.nonce, nonce)) fail('ocsp_malformed', { what: 'nonce' })
  if (!response.basic) fail('ocsp_refused', { status: response.status })
  return response
}

/** An address of the web; others, such as those of directories, are left to the person. */
function callable(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url && /^https?:$/.test(url.protocol) && !url.username && !url.password ? url : undefined
}

const MOST = 16
const LONGEST_LIST = 32 * 1024 * 1024
