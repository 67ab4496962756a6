import { toHex } from '../../bytes/index.ts'
import type { LintRule } from '../rule.ts'

export const signature: LintRule<'cabf-smime/signature'> = {
  clause: 'S/MIME BR §7.1.3.2',
  problems: { 'not-allowed': 'error' },
  check: ({ signature: { identifier, oid } }, report) => {
    if (identifier.length > 67 || !ALLOWED.has(toHex(identifier))) report('not-allowed', { oid })
  },
}

const pss = (hash: string, salt: string): string =>
  `304106092a864886f70d01010a3034a00f300d0609608648016503040${hash}0500a11c301a06092a864886f70d010108300d0609608648016503040${hash}0500a2030201${salt}`

// "No other encodings are permitted for these fields."
const ALLOWED: ReadonlySet<string> = new Set([
  '300d06092a864886f70d01010b0500',
  '300d06092a864886f70d01010c0500',
  '300d06092a864886f70d01010d0500',
  pss('201', '20'),
  pss('202', '30'),
  pss('203', '40'),
  '300a06082a8648ce3d040302',
  '300a06082a8648ce3d040303',
  '300a06082a8648ce3d040304',
  '300506032b6570',
  '300506032b6571',
  '300b0609608648016503040311',
  '300b0609608648016503040312',
  '300b0609608648016503040313',
])
