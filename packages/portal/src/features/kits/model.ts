import { type EnrolmentType, KEY_CHOICES, type KeyChoice, KitState, type StoreType } from '@scel/contract/values'
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
  readonly enrolment: EnrolmentType
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
  enrolment: 'workstation',
  store: 'machine',
  keys: ['ec-p256', 'rsa-2048', 'rsa-3072'],
  proposedKey: 'ec-p256',
  uses: '100',
  validityDays: '90',
  standingApproval: false,
})

/** Changes the form so that it stays whole: the proposed key is an allowed one, standing approval is for workstations. */
export function changeKit(form: KitForm, change: Partial<KitForm>): KitForm {
  const next = { ...form, ...change }
  const keys = KEY_CHOICES.filter((choice) => next.keys.includes(choice))
  return {
    ...next,
    keys,
    proposedKey: keys.includes(next.proposedKey) ? next.proposedKey : (keys[0] ?? next.proposedKey),
    standingApproval: next.enrolment === 'workstation' && next.standingApproval,
  }
}

export type KitFaults = Partial<Record<keyof KitForm, true>>

export function faultsOf(form: KitForm): KitFaults {
  const name = form.name.trim()
  return {
    ...(name.length >= 1 && name.length <= 100 ? {} : { name: true as const }),
    ...(form.organisation ? {} : { organisation: true as const }),
    ...(form.keys.length > 0 ? {} : { keys: true as const }),
    ...(wholeWithin(form.uses, 1_000_000) ? {} : { uses: true as const }),
    ...(wholeWithin(form.validityDays, 825) ? {} : { validityDays: true as const }),
  }
}

export const kitOf = (form: KitForm): NewKit => ({
  name: form.name.trim(),
  organisation: form.organisation,
  enrolment: form.enrolment,
  store: form.store,
  keys: [...form.keys],
  proposedKey: form.proposedKey,
  uses: Number(form.uses),
  validityDays: Number(form.validityDays),
  ...(form.standingApproval ? { standingApproval: true } : {}),
})

const wholeWithin = (text: string, most: number): boolean =>
  /^\d{1,7}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= most
