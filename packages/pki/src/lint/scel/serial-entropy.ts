import type { LintRule } from '../rule.ts'

export const serialEntropy: LintRule<'scel/serial-entropy'> = {
  clause: 'Scel: serial numbers carry at least 64 random bits',
  problems: { short: 'error' },
  // Randomness does not show in one number; its length does.
  check: ({ serial }, report) => {
    if (serial.length < 8) report('short', { length: serial.length })
  },
}
