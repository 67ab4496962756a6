import type { Language } from '@scel/contract/errors'
import { chosenIdentity, numberOf, type Own, type OwnIdentity } from '../identities/chosen-identity.ts'
import { probe } from '../probe/probe.ts'
import type { ProbeReport } from '../probe/report.ts'
import { isCliError, stop } from '../ui/cli-error.ts'
import type { Here } from './here.ts'

/** Which installed certificate is tried, and where. */
export interface Trial {
  readonly environment: string | undefined
  /** Of its request; undefined for the only one there is. */
  readonly number: number | undefined
  /** The certificate itself, where it is known: one that is of no desk is tried at `url`. */
  readonly own?: OwnIdentity
  /** Another https address than the one that the kit knows. */
  readonly url: URL | undefined
  /** Authorities that are trusted at that address too: PEM. */
  readonly anchors?: readonly string[]
  /** What a desk is asked to answer in. */
  readonly language: Language
  readonly signal: AbortSignal
}

export interface Tried extends ProbeReport {
  /** Number of the request, where it is known. */
  readonly request?: number
}

/**
 * Makes a real connection with an installed certificate (E7). Nothing installed is what the first step finds: a result, no failure.
 * @throws test_needs_url, no_desk, request_unknown, certificate_pending, certificate_several, interrupted
 */
export async function tryCertificate(
  here: Pick<Here, 'now'> & Own,
  { environment, number, own, url, anchors = [], language, signal }: Trial,
): Promise<Tried> {
  const chosen = own ?? (await chosenIdentity(here, environment, number).catch(noKey))
  if ('verdict' in chosen) return { ...chosen, ...(number === undefined ? {} : { request: number }) }
  const { desk, store, identity } = chosen
  if (!desk && !url) stop('test_needs_url')
  const now = (): Date => here.now()
  const place = { ...(desk && { record: desk.record }), ...(url && { url }), anchors }
  const report = await probe({ ...place, store, identity, language, signal, now })
  const request = desk && numberOf(desk, identity.key)
  return { ...report, ...(request === undefined ? {} : { request }) }
}

function noKey(error: unknown): ProbeReport {
  if (!isCliError(error) || !KEYLESS.has(error.code)) throw error
  return { as: 'client', verdict: 'no_key', steps: [{ step: 'key', result: 'failed', why: error }], error }
}

const KEYLESS: ReadonlySet<string> = new Set(['no_certificate', 'key_gone', 'key_elsewhere'])
