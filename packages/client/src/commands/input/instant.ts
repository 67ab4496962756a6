import { stop } from '../../ui/cli-error.ts'

/** A day or an instant in UTC: no zone is guessed. @throws option_value_wrong */
export function instantOf(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined
  const date = new Date(text)
  // 30 February rolls over into March, which nobody meant.
  const fits = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?Z)?$/.test(text) && !Number.isNaN(date.getTime())
  return fits && date.toISOString().startsWith(text.slice(0, 10))
    ? date
    : stop('option_value_wrong', { option: '--at', value: text, expected: '2026-06-01, 2026-06-01T12:00:00Z' })
}
