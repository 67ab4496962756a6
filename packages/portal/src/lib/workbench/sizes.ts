import { useMemo } from 'react'
import { useIntl } from 'react-intl'

export interface Sizes {
  bytes(count: number): string
  duration(seconds: number): string
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** Sizes and durations as people say them, in the chosen language. */
export function useSizes(): Sizes {
  const intl = useIntl()
  return useMemo(() => {
    const unit = (value: number, unit: string, digits = 0) =>
      intl.formatNumber(value, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits })
    return {
      bytes(count) {
        const step = count < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(count) / 3))
        const value = count / 1000 ** step
        return unit(value, UNITS[step]!, step > 0 && value < 100 ? 1 : 0)
      },
      duration(seconds) {
        if (seconds < 60) return unit(seconds, 'second')
        return seconds < 5400 ? unit(Math.round(seconds / 60), 'minute') : unit(Math.round(seconds / 3600), 'hour')
      },
    }
  }, [intl])
}
