import { refuse } from '@scel/contract/errors'
import { requireMailName } from '../mail-address.ts'
import type { Person } from './person.ts'

// Whoever starts a desk for the first time gets a link before the desk knows who they are. Until it is spent, the account has no address.

/** Whether an invitation is still to be given a name by whoever spends it. */
export const isUnnamed = ({ state, email }: Person): boolean => state === 'invited' && email === undefined

export interface GivenName {
  readonly name?: string
  readonly email?: string
}

/**
 * The person under the name and address that they give themselves with the invitation.
 *
 * @throws DeskError input_invalid when the invitation bears a name already, or no certificate can hold the address
 */
export function named(person: Person, { name, email }: GivenName): Person {
  if (name === undefined && email === undefined) return person
  if (!isUnnamed(person)) refuse('input_invalid', { where: 'name', what: 'named_already' })
  if (email !== undefined) requireMailName(email)
  return { ...person, name: name?.trim() || person.name, ...(email !== undefined && { email, emailBy: 'invitation' }) }
}
