import type { LintRule } from '../rule.ts'

export const serialNumber: LintRule<'rfc5280/serial-number'> = {
  clause: 'RFC 5280 §4.1.2.2',
  problems: { negative: 'error', zero: 'error', 'too-long': 'error' },
  check: ({ serial }, report) => {
    if (serial[0]! >= 0x80) report('negative')
    if (serial.every((octet) => octet === 0)) report('zero')
    if (serial.length > 20) report('too-long', { length: serial.length })
  },
}
