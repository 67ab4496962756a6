import type { NewOrganisation } from './api.ts'

export interface OrganisationForm {
  readonly code: string
  readonly name: string
  readonly country: string
  readonly siren: string
  /** As typed: see `suffixesOf`. */
  readonly names: string
}

export type SirenVerdict = 'none' | 'short' | 'wrong' | 'good'

/** What a SIREN is worth while it is being typed: nine digits, the last of which checks the others (Luhn). */
export function judgeSiren(text: string): SirenVerdict {
  const digits = text.replace(/\s/g, '')
  if (digits === '') return 'none'
  if (!/^\d{9}$/.test(digits)) return 'short'
  return luhn(digits) ? 'good' : 'wrong'
}

/** ISO/IEC 7812-1 annex B: from the right, every second digit is doubled, and its own digits are summed. */
function luhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, position) => {
    const value = Number(digit) * (position % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

export type OrganisationFaults = Partial<Record<keyof OrganisationForm, true>>

export function faultsOf(form: OrganisationForm): OrganisationFaults {
  const siren = judgeSiren(form.siren)
  return {
    ...(/^[A-Za-z0-9][A-Za-z0-9_-]{1,31}$/.test(form.code.trim()) ? {} : { code: true as const }),
    ...(form.name.trim().length >= 1 && form.name.trim().length <= 64 ? {} : { name: true as const }),
    ...(/^[A-Z]{2}$/.test(form.country.trim().toUpperCase()) ? {} : { country: true as const }),
    ...(siren === 'none' || siren === 'good' ? {} : { siren: true as const }),
  }
}

export function organisationOf(form: OrganisationForm): NewOrganisation {
  const siren = form.siren.replace(/\s/g, '')
  return {
    code: form.code.trim(),
    name: form.name.trim(),
    country: form.country.trim().toUpperCase(),
    ...(siren ? { siren } : {}),
    ...(form.names.trim() ? { nameSuffixes: suffixesOf(form.names) } : {}),
  }
}

/** Names as people type a few of them: on lines of their own, or divided by spaces, commas or semicolons. */
export const suffixesOf = (text: string): string[] => text.split(/[\s,;]+/).filter((name) => name !== '')

/** 356000000 as it is written: 356 000 000, with no-break spaces. */
export const spacedSiren = (siren: string): string => siren.replace(/(\d{3})(?=\d)/g, '$1\u00a0')
