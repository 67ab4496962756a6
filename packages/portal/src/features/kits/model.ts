import { KEY_CHOICES, type KeyChoice, KitState, type Profile, type StoreType } from '@scel/contract/values'
import type { Tone } from '../../ui/tag.tsx'
import type { NewKit } from './api.ts'

export const STATE_TONES: Readonly<Record<KitState, Tone>> = {
  active: 'good',
  expired: 'neutral',
  withdrawn: 'bad',
  'used-up': 'neutral',
}
export const KIT_STATES: readonly KitState[] = KitState.enum

export interface NewKitSearch {
  readonly organisation?: string
}

export const parseNewKitSearch = (raw: Readonly<Record<string, unknown>>): NewKitSearch =>
  typeof raw.organisation === 'string' && raw.organisation ? { organisation: raw.organisation } : {}

export interface KitForm {
  readonly name: string
  readonly organisation: string
  /** One of its services; empty for all of it. */
  readonly service: string
  /** Name of a profile. */
  readonly profile: string
  readonly store: StoreType
  readonly keys: readonly KeyChoice[]
  readonly proposedKey: KeyChoice
  readonly uses: string
  readonly validityDays: string
  readonly standingApproval: boolean
}

export const emptyKit = (organisation: string): KitForm => ({
  name: '',
  organisation,
  service: '',
  profile: '',
  store: 'machine',
  keys: ['ec-p256', 'rsa-2048', 'rsa-3072'],
  proposedKey: 'ec-p256',
  uses: '100',
  validityDays: '90',
  standingApproval: false,
})

/** The profiles that kits ask for, those first that a manager decides: they are the daily work. */
export const offeredFor = (profiles: readonly Profile[]): Profile[] =>
  profiles.filter(({ kits }) => kits).sort((one, other) => Number(other.managers) - Number(one.managers))

/**
 * The form as it is shown, whole whatever was chosen before: of a profile that is offered, with keys that the profile takes, the
 * proposed one among them, and a standing approval only where the profile lets it have one.
 */
export function shownKit(form: KitForm, profiles: readonly Profile[]): KitForm {
  const profile = profiles.find(({ name }) => name === form.profile) ?? profiles[0]
  if (!profile) return form
  const keys = KEY_CHOICES.filter((choice) => form.keys.includes(choice) && profile.keys.includes(choice))
  return {
    ...form,
    profile: profile.name,
    keys,
    proposedKey: keys.includes(form.proposedKey) ? form.proposedKey : (keys[0] ?? form.proposedKey),
    standingApproval: profile.standingApproval && form.standingApproval,
  }
}

export type KitFaults = Partial<Record<keyof KitForm, true>>

/** @param servicesKnown of its organisation: until they are, no choice does not mean all of it */
export function faultsOf(form: KitForm, servicesKnown = true): KitFaults {
  const name = form.name.trim()
  return {
    ...(name.length >= 1 && name.length <= 100 ? {} : { name: true as const }),
    ...(form.organisation ? {} : { organisation: true as const }),
    ...(servicesKnown ? {} : { service: true as const }),
    ...(form.profile ? {} : { profile: true as const }),
    ...(form.keys.length > 0 ? {} : { keys: true as const }),
    ...(wholeWithin(form.uses, 1_000_000) ? {} : { uses: true as const }),
    ...(wholeWithin(form.validityDays, 825) ? {} : { validityDays: true as const }),
  }
}

export const kitOf = (form: KitForm): NewKit => ({
  name: form.name.trim(),
  organisation: form.organisation,
  ...(form.service && { service: form.service }),
  profile: form.profile,
  store: form.store,
  keys: [...form.keys],
  proposedKey: form.proposedKey,
  uses: Number(form.uses),
  validityDays: Number(form.validityDays),
  ...(form.standingApproval ? { standingApproval: true } : {}),
})

const wholeWithin = (text: string, most: number): boolean =>
  /^\d{1,7}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= most
