import { request } from 'node:http'
import { CliError, isCliError } from '../ui/cli-error.ts'
import { exchange } from './exchange.ts'

/** How far apart two clocks may be before it is said: certificates are issued with a margin of this order. */
export const CLOCK_TOLERANCE: number = 5 * 60_000

/**
 * What a desk’s certificate looks like from a machine whose clock is wrong: expired, or not valid yet. The desk’s
 * public service tells the time without TLS; that time is believed for nothing but the wording of this error.
 */
export async function explainByClock(
  error: unknown,
  publicService: string,
  now: Date,
  span: (milliseconds: number) => string,
): Promise<unknown> {
  if (!isCliError(error) || !DATED.has(error.code)) return error
  const there = await clockOf(publicService)
  const ahead = there === undefined ? 0 : now.getTime() - there.getTime()
  if (Math.abs(ahead) < CLOCK_TOLERANCE) return error
  return new CliError(ahead > 0 ? 'clock_ahead' : 'clock_behind', { span: span(ahead) }, error)
}

/** The time by the Date header (RFC 9110 §6.6.1) of a plain HTTP service, undefined when it says none within 5 s. */
async function clockOf(service: string): Promise<Date | undefined> {
  try {
    const call = request(service, { method: 'HEAD', agent: false })
    const { headers } = await exchange(call, { silence: PATIENCE, whole: PATIENCE, largest: 0 }, LATE)
    const date = new Date(headers.date ?? '')
    return Number.isNaN(date.getTime()) ? undefined : date
  } catch {
    return undefined // nobody there, or an address that is none: the error that is explained stays as it is
  }
}

/** Seconds. */
const PATIENCE = 5
const LATE = (seconds: number): Error => new Error(`no answer within ${seconds} s`)
const DATED: ReadonlySet<string> = new Set(['desk_certificate_expired', 'desk_certificate_early', 'desk_list_old'])
