import type { ProfileFamily } from '@scel/contract/values'
import type { Profile } from '../profiles/profile.ts'
import type { IntentPurpose } from './intent.ts'

/** What each purpose issues. Certificates of authorities are by no profile. */
const FAMILIES: Readonly<Record<IntentPurpose['kind'], readonly ProfileFamily[]>> = {
  request: ['machine', 'service'],
  person: ['person'],
  desk: ['desk'],
  authority: [],
}

/**
 * Whoever asks refuses in words before this: here a mistake of theirs ends, before there is anything to sign. What a machine
 * asked for is never a person’s certificate, nor one that speaks for the desk.
 * @throws Error
 */
export function requireFamily({ kind }: Pick<IntentPurpose, 'kind'>, { name, family }: Profile): void {
  if (!FAMILIES[kind].includes(family)) throw new Error(`${kind}: profile ${name} is of family ${family}`)
}
