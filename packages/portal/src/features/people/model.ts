import { EMAIL_PATTERN, type Person, PersonState, Role } from '@scel/contract/values'
import type { Tone } from '../../ui/tag.tsx'
import type { NewGrant, NewPerson } from './api.ts'

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

/** A role, where it holds, and until when. */
export interface GrantForm {
  readonly role: Role
  readonly organisation: string
  /** One of its services; empty for all of it. */
  readonly service: string
  /** Its last day, as the browser writes days; empty for one without an end. */
  readonly until: string
}
export type GrantFaults = Partial<Record<keyof GrantForm, true>>

export interface PersonForm extends GrantForm {
  readonly name: string
  readonly email: string
  readonly language: 'en' | 'fr'
}

export type PersonFaults = Partial<Record<keyof PersonForm, true>>

/** The day that it is, as the browser writes days. */
export function today(now: Date = new Date()): string {
  const two = (value: number): string => `${value}`.padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

/** @param servicesKnown of its organisation: until they are, no choice does not mean all of it */
export const grantFaultsOf = (
  { role, organisation, until }: GrantForm,
  servicesKnown = true,
  now?: Date,
): GrantFaults => ({
  ...(role !== 'manager' || organisation ? {} : { organisation: true as const }),
  ...(role !== 'manager' || servicesKnown ? {} : { service: true as const }),
  ...(until === '' || until >= today(now) ? {} : { until: true as const }),
})

/** Only a manager is one of an organisation: a choice left over from another role is not sent. The last day is whole. */
export const grantOf = ({ role, organisation, service, until }: GrantForm): NewGrant => ({
  role,
  ...(role === 'manager' ? { organisation, ...(service && { service }) } : {}),
  ...(until === '' ? {} : { until: new Date(`${until}T23:59:59.999`).toISOString() }),
})

export function faultsOf(form: PersonForm, servicesKnown = true): PersonFaults {
  const name = form.name.trim()
  return {
    ...(name.length >= 1 && name.length <= 64 ? {} : { name: true as const }),
    ...(new RegExp(EMAIL_PATTERN, 'u').test(form.email.trim()) ? {} : { email: true as const }),
    ...grantFaultsOf(form, servicesKnown),
  }
}

export const personOf = (form: PersonForm): NewPerson => ({
  name: form.name.trim(),
  email: form.email.trim(),
  language: form.language,
  ...grantOf(form),
})

/** The state of a link that has not been used. */
export function linkOf(person: Person, now: number): 'none' | 'open' | 'expired' {
  if (!person.invitation || person.state === 'disabled') return 'none'
  return Date.parse(person.invitation.expiresAt) > now ? 'open' : 'expired'
}
