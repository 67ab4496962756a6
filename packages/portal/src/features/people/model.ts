import { EMAIL_PATTERN, type Person, PersonState, Role } from '@scel/contract/values'
import type { Tone } from '../../ui/tag.tsx'
import type { NewPerson } from './api.ts'

export const STATE_TONES: Readonly<Record<PersonState, Tone>> = {
  invited: 'notice',
  active: 'good',
  disabled: 'neutral',
}
export const ROLES: readonly Role[] = Role.enum
export const PERSON_STATES: readonly PersonState[] = PersonState.enum

export interface NewPersonSearch {
  readonly organisation?: string
}

export const parseNewPersonSearch = (raw: Readonly<Record<string, unknown>>): NewPersonSearch =>
  typeof raw.organisation === 'string' && raw.organisation ? { organisation: raw.organisation } : {}

export interface PersonForm {
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly organisation: string
  readonly language: 'en' | 'fr'
}

export type PersonFaults = Partial<Record<keyof PersonForm, true>>

export function faultsOf(form: PersonForm): PersonFaults {
  const name = form.name.trim()
  return {
    ...(name.length >= 1 && name.length <= 64 ? {} : { name: true as const }),
    ...(new RegExp(EMAIL_PATTERN, 'u').test(form.email.trim()) ? {} : { email: true as const }),
    ...(form.role !== 'manager' || form.organisation ? {} : { organisation: true as const }),
  }
}

/** Only a manager belongs to an organisation: a choice left over from another role is not sent. */
export const personOf = (form: PersonForm): NewPerson => ({
  name: form.name.trim(),
  email: form.email.trim(),
  role: form.role,
  language: form.language,
  ...(form.role === 'manager' ? { organisation: form.organisation } : {}),
})

/** The state of a link that has not been used. */
export function linkOf(person: Person, now: number): 'none' | 'open' | 'expired' {
  if (!person.invitation || person.state === 'disabled') return 'none'
  return Date.parse(person.invitation.expiresAt) > now ? 'open' : 'expired'
}
