import { request } from 'node:http'
import { CliError, isCliError } from '../ui/cli-error.ts'

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
function clockOf(service: string): Promise<Date | undefined> {
  return new Promise((resolve) => {
    try {
      const call = request(service, { method: 'HEAD', timeout: 5_000, agent: false }, (response) => {
        response.resume()
        const date = new Date(response.headers.date ?? '')
        resolve(Number.isNaN(date.getTime()) ? undefined : date)
      })
      call.on('timeout', () => call.destroy())
      call.on('error', () => resolve(undefined))
      call.end()
    } catch {
      resolve(undefined) // an address that is none
    }
  })
}

const DATED: ReadonlySet<string> = new Set(['desk_certificate_expired', 'desk_certificate_early'])
