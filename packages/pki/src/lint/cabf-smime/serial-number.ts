import type { LintRule } from '../rule.ts'

export const serialNumber: LintRule<'cabf-smime/serial-number'> = {
  clause: 'S/MIME BR §7.1',
  problems: { short: 'error' },
  // 64 bits of randomness do not fit in less; whether they are there does not show.
  check: ({ serial }, report) => {
    if (serial.length < 8) report('short', { length: serial.length })
  },
}
