import { AEADS, CIPHERS } from '../algorithms/index.ts'
import type { SmimeCapability } from '../x509/index.ts'
import type { SealCipher } from './seal-options.ts'

/**
 * The cipher that all recipients of a mail can read, by what they have said that they can (RFC 8551 §2.7.1): the
 * strongest that every list names. Of whom nothing is known reads AES-256-CBC, as every mail program does; many read no
 * GCM. Files of our own need no such question: they are sealed with AES-256-GCM.
 * @param capabilities one list for each recipient, from his certificate or his last signed mail; undefined where there
 *   is none
 * @example
 * const gcm = [{ oid: '2.16.840.1.101.3.4.1.46' }, { oid: '2.16.840.1.101.3.4.1.42' }]
 * assert.equal(cipherForAll([gcm, gcm]), 'AES-256-GCM')
 * assert.equal(cipherForAll([gcm, undefined]), 'AES-256-CBC')
 */
export function cipherForAll(capabilities: readonly (readonly SmimeCapability[] | undefined)[]): SealCipher {
  const readByAll = (cipher: SealCipher): boolean => {
    const { oid } = [...AEADS, ...CIPHERS].find(({ name }) => name === cipher)!
    return capabilities.every((list) => (list ? list.some((one) => one.oid === oid) : cipher === COMMON))
  }
  // A list that names none of them is that of a program before AES; it is not sealed for with less.
  return PREFERRED.find(readByAll) ?? COMMON
}

const COMMON: SealCipher = 'AES-256-CBC'
const PREFERRED: readonly SealCipher[] = ['AES-256-GCM', 'AES-128-GCM', COMMON, 'AES-128-CBC']
