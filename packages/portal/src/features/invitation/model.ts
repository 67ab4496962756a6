import { guessBits, LEAST_BITS } from '@scel/contract/passphrase'
import { EMAIL_PATTERN } from '@scel/contract/values'

/** Who whoever holds an unnamed link says they are. */
export interface Self {
  readonly name: string
  readonly email: string
}

export interface FormFaults {
  readonly name?: 'missing'
  readonly email?: 'malformed'
  readonly passphrase?: 'weak'
  readonly again?: 'different'
  readonly understood?: 'missing'
}

interface Form {
  /** Left out where the invitation bears a name. */
  readonly self?: Self | undefined
  readonly passphrase: string
  readonly again: string
  readonly understood: boolean
}

/** Everything that is wrong with the form, named at once. */
export function faultsOf(form: Form): FormFaults {
  const { self } = form
  return {
    ...(self && self.name.trim() === '' ? { name: 'missing' as const } : {}),
    ...(self && !EMAIL.test(self.email.trim()) ? { email: 'malformed' as const } : {}),
    ...(guessBits(form.passphrase) < LEAST_BITS ? { passphrase: 'weak' as const } : {}),
    ...(form.passphrase === form.again ? {} : { again: 'different' as const }),
    ...(form.understood ? {} : { understood: 'missing' as const }),
  }
}

const EMAIL = new RegExp(EMAIL_PATTERN, 'u')

export type Platform = 'windows' | 'macos' | 'linux' | 'firefox'

/** Where the file can be imported, by the library's names; each stands for all that open the same. */
export const DEVICES = ['windows', 'macos', 'android', 'firefox'] as const
export type Device = (typeof DEVICES)[number]

/** Most people import the file where they made it. */
export function deviceOf(agent: string): Device {
  if (/android/i.test(agent)) return 'android'
  if (/iphone|ipad/i.test(agent)) return 'macos'
  const platform = platformOf(agent)
  return platform === 'linux' ? 'firefox' : platform
}

/** Which instructions to show first. */
export function platformOf(agent: string): Platform {
  if (/firefox/i.test(agent)) return 'firefox'
  if (/mac os|macintosh/i.test(agent)) return 'macos'
  return /windows/i.test(agent) ? 'windows' : 'linux'
}
