import type { LintRule } from '../rule.ts'
import { breaches } from '../rule.ts'

export const serialEntropy: LintRule = {
  name: 'scel/serial-entropy',
  clause: 'Scel: serial numbers carry at least 64 random bits',
  severity: 'error',
  // Randomness does not show in one number; its length does.
  check: ({ serial }) => breaches([serial.length < 8, { length: serial.length }]),
}
