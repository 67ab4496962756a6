import { readPublicKey } from '../../algorithms/index.ts'
import { toHex } from '../../bytes/index.ts'
import type { LintRule, LintSubject, Report } from '../rule.ts'
import { hasClosePrimes, isRoca } from '../weak-rsa.ts'
import { LONG_AUTHORITY_KEYS_SINCE } from './profile.ts'

type Rule = 'cabf-smime/key'

export const key: LintRule<Rule> = {
  clause: 'S/MIME BR §6.1.5',
  problems: {
    'not-allowed': 'error',
    'rsa-too-short': 'error',
    'rsa-size': 'error',
    'rsa-exponent': 'warning',
    'rsa-small-factor': 'warning',
    'rsa-close-primes': 'error',
    'rsa-roca': 'error',
  },
  check: (certificate, report) => {
    const { kind, bits, curve } = certificate.publicKey
    if (!ALLOWED.includes(kind) && !ALLOWED.includes(`${kind} ${curve ?? bits}`)) report('not-allowed', { kind, bits })
    if (kind === 'rsa') checkRsa(certificate, report)
  },
}

function checkRsa(certificate: LintSubject, report: Report<Rule>): void {
  const { bits, spki } = certificate.publicKey
  const least = certificate.isAuthority && certificate.at >= LONG_AUTHORITY_KEYS_SINCE ? 4096 : 2048
  if (bits < least) report('rsa-too-short', { bits, least })
  if (bits % 8 !== 0) report('rsa-size', { bits })
  const { rsa } = readPublicKey(spki)
  if (!rsa) return
  const exponent = BigInt(`0x${toHex(rsa.exponent)}`)
  if (exponent < 65537n || exponent >= 1n << 256n) {
    report('rsa-exponent', { exponent: String(exponent) }, 'S/MIME BR §6.1.6')
  }
  const modulus = BigInt(`0x${toHex(rsa.modulus)}`)
  const factor = smallFactor(modulus)
  if (factor !== undefined) report('rsa-small-factor', { factor }, 'S/MIME BR §6.1.6')
  // "a demonstrated or proven method to easily compute the Applicant's Private Key"
  if (hasClosePrimes(modulus)) report('rsa-close-primes', {}, 'S/MIME BR §6.1.1.3')
  if (isRoca(modulus)) report('rsa-roca', {}, 'S/MIME BR §6.1.1.3')
}

/** "no factors smaller than 752" */
function smallFactor(modulus: bigint): number | undefined {
  for (let factor = 3; factor < 752; factor += 2) if (modulus % BigInt(factor) === 0n) return factor
  return undefined
}

// "No other algorithms or key sizes are permitted", and each in one encoding only (§7.1.3.1): the reader of keys knows
// no other, so a key written differently is not well-formed.
const ALLOWED: readonly string[] = [
  'rsa',
  'ec P-256',
  'ec P-384',
  'ec P-521',
  'ed25519',
  'ed448',
  'ml-dsa 44',
  'ml-dsa 65',
  'ml-dsa 87',
  'ml-kem 512',
  'ml-kem 768',
  'ml-kem 1024',
]
