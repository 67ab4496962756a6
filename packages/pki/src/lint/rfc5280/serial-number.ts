import type { LintRule } from '../rule.ts'
import { breaches } from '../rule.ts'

export const serialNumber: LintRule = {
  name: 'rfc5280/serial-number',
  clause: 'RFC 5280 §4.1.2.2',
  severity: 'error',
  check: ({ serial }) =>
    breaches(
      [serial[0]! >= 0x80, { problem: 'negative' }],
      [serial.every((octet) => octet === 0), { problem: 'zero' }],
      [serial.length > 20, { problem: 'longer than 20 octets', length: serial.length }],
    ),
}
