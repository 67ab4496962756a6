import { refuse } from '@scel/contract/errors'

/**
 * Reads a SIREN number (nine digits, spaces allowed) and checks its key.
 * @throws DeskError siren_invalid
 */
export function parseSiren(text: string): string {
  const siren = text.replaceAll(' ', '')
  if (!/^[0-9]{9}$/.test(siren) || luhnSum(siren) % 10 !== 0) refuse('siren_invalid', { siren: text.slice(0, 20) })
  return siren
}

// ISO/IEC 7812-1 annex B, as INSEE uses it: every second digit from the right is doubled.
function luhnSum(digits: string): number {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const doubled = i % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum
}
