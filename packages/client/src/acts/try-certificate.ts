import type { Language } from '@scel/contract/errors'
import { chosenIdentity, numberOf, type Own } from '../identities/chosen-identity.ts'
import { probe } from '../probe/probe.ts'
import type { ProbeReport } from '../probe/report.ts'
import { isCliError } from '../ui/cli-error.ts'
import type { Here } from './here.ts'

/** Which installed certificate is tried, and where. */
export interface Trial {
  readonly environment: string | undefined
  /** Of its request; undefined for the only one there is. */
  readonly number: number | undefined
  /** Another https address than the one that the kit knows. */
  readonly url: URL | undefined
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
 * @throws no_desk, request_unknown, certificate_pending, certificate_several, interrupted
 */
export async function tryCertificate(
  here: Pick<Here, 'now'> & Own,
  { environment, number, url, language, signal }: Trial,
): Promise<Tried> {
  const chosen = await chosenIdentity(here, environment, number).catch(noKey)
  if ('verdict' in chosen) return { ...chosen, ...(number === undefined ? {} : { request: number }) }
  const { desk, store, identity } = chosen
  const now = (): Date => here.now()
  const report = await probe({ record: desk.record, store, identity, ...(url ? { url } : {}), language, signal, now })
  const request = numberOf(desk, identity.key)
  return { ...report, ...(request === undefined ? {} : { request }) }
}

function noKey(error: unknown): ProbeReport {
  if (!isCliError(error) || !KEYLESS.has(error.code)) throw error
  return { as: 'client', verdict: 'no_key', steps: [{ step: 'key', result: 'failed', why: error }], error }
}

const KEYLESS: ReadonlySet<string> = new Set(['no_certificate', 'key_gone', 'key_elsewhere'])
