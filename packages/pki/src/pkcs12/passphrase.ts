// Which octets a passphrase is in a file: programs differ, and the MAC tells who wrote it.

import { concat, equal, utf8 } from '../bytes/index.ts'
import type { DerivationBudget, PassphraseForms } from '../crypto/index.ts'
import { passphraseForms } from '../crypto/index.ts'
import { fail } from '../errors/index.ts'
import type { Mac } from './mac.ts'

/** The ways that a typed text may have been taken, the standard's first. */
export function readingsOf(text: string): PassphraseForms[] {
  const standard = passphraseForms(text)
  // "No passphrase" is not the empty one: the first has no octets, the second has the terminator (RFC 7292 B.1).
  if (text === '') return [standard, { ...standard, bmp: () => new Uint8Array(0) }]
  if (/^[\x01-\x7f]*$/.test(text)) return [standard]
  // OpenSSL before 1.1.0 took each octet of the text for a character.
  const each = Array.from(utf8(text)).flatMap((octet) => [0, octet])
  return [standard, { ...standard, bmp: () => concat(Uint8Array.from(each), Uint8Array.of(0, 0)) }]
}

/**
 * The reading under which the code is right.
 * @throws passphrase_wrong when none is, which a changed file looks like too; input_too_large; the reason of `signal`
 */
export async function checkMac(
  mac: Mac,
  inputs: readonly Uint8Array[],
  readings: readonly PassphraseForms[],
  budget: DerivationBudget,
  signal?: AbortSignal,
): Promise<PassphraseForms> {
  for (const reading of readings) {
    for (const input of inputs) {
      budget.spend(mac.work)
      if (equal(await mac.compute(reading, input, signal), mac.value)) return reading
    }
  }
  return fail('passphrase_wrong', {})
}
