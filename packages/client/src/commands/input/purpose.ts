import type { Purpose } from '@scel/pki/path'
import { stop } from '../../ui/cli-error.ts'
import type { Given } from './given.ts'

/** Purposes as the command line has them. */
export const PURPOSES: Readonly<Record<string, Purpose>> = {
  'tls-server': 'serverAuth',
  'tls-client': 'clientAuth',
  email: 'emailProtection',
  'email-signing': 'emailSigning',
  'email-encryption': 'emailEncryption',
  'code-signing': 'codeSigning',
  'time-stamping': 'timeStamping',
  'ocsp-signing': 'ocspSigning',
  any: 'any',
}

/** The same by the names of RFC 5280 §4.2.1.12, in small letters: the first word that a command knows is meant. */
const STANDARD_NAMES: Readonly<Record<string, readonly string[]>> = {
  serverauth: ['tls-server'],
  clientauth: ['tls-client'],
  emailprotection: ['email', 'email-signing'],
  codesigning: ['code-signing'],
  timestamping: ['time-stamping'],
  ocspsigning: ['ocsp-signing'],
  anyextendedkeyusage: ['any'],
}

/** Our word for the purpose that was given. @throws option_value_wrong when it is none of `words` */
export function givenPurpose(given: Given, words: readonly string[] = Object.keys(PURPOSES)): string | undefined {
  const value = given.text('purpose')
  if (value === undefined) return undefined
  const meant = [value, ...(STANDARD_NAMES[value.toLowerCase()] ?? [])]
  const word = meant.find((one) => words.includes(one))
  return word ?? stop('option_value_wrong', { option: '--purpose', value, expected: words.join(', ') })
}
