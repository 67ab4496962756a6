import { type ReactNode, useMemo } from 'react'
import { useIntl } from 'react-intl'

const DAY = 86_400_000

export interface Dates {
  date(instant: string): string
  moment(instant: string): string
  /** “3 minutes ago”, “in 2 days”. */
  ago(instant: string, now?: number): string
}

/** Instants in the words of the chosen language and the clock of the reader. */
export function useDates(): Dates {
  const intl = useIntl()
  return useMemo(
    () => ({
      date: (instant) => intl.formatDate(instant, { dateStyle: 'medium' }),
      moment: (instant) => intl.formatDate(instant, { dateStyle: 'medium', timeStyle: 'short' }),
      ago: (instant, now = Date.now()) => {
        const { value, unit } = distance(Date.parse(instant) - now)
        return intl.formatRelativeTime(value, unit, { numeric: 'auto' })
      },
    }),
    [intl],
  )
}

/** The largest unit of which there is at least one. */
function distance(milliseconds: number): {
  value: number
  unit: 'second' | 'minute' | 'hour' | 'day' | 'month' | 'year'
} {
  const units = [
    ['year', 365 * DAY],
    ['month', 30 * DAY],
    ['day', DAY],
    ['hour', 3_600_000],
    ['minute', 60_000],
  ] as const
  for (const [unit, length] of units) {
    if (Math.abs(milliseconds) >= length) return { value: Math.trunc(milliseconds / length), unit }
  }
  return { value: Math.trunc(milliseconds / 1000), unit: 'second' }
}

/** An instant, exact in its `datetime` and in the title, short to the eye. */
export function When({ at, as = 'moment' }: { at: string; as?: 'date' | 'moment' | 'ago' }): ReactNode {
  const dates = useDates()
  return (
    <time dateTime={at} title={as === 'moment' ? undefined : dates.moment(at)}>
      {dates[as](at)}
    </time>
  )
}
