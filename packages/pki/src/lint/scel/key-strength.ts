import type { KeySpec } from '../../algorithms/index.ts'
import type { LintContent, LintRule } from '../rule.ts'

export const keyStrength: LintRule<'scel/key-strength', LintContent> = {
  clause: 'Scel: RSA of 2048, 3072 or 4096 bits with an odd exponent from 65537; P-256; P-384',
  problems: { 'key-type': 'error', exponent: 'error' },
  check: ({ publicKey: { kind, bits, spec, exponent } }, report) => {
    if (spec === undefined || !GRANTED.includes(spec)) report('key-type', { kind, bits })
    const magnitude = exponent ? exponent.reduce((value, octet) => value * 256n + BigInt(octet), 0n) : 65537n
    if (magnitude < 65537n || magnitude % 2n === 0n) report('exponent', { exponent: String(magnitude) })
  },
}

// What Scel certifies; what it verifies is wider.
const GRANTED: readonly KeySpec[] = ['rsa-2048', 'rsa-3072', 'rsa-4096', 'ec-p256', 'ec-p384']
