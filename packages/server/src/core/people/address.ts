import { refuse } from '@scel/contract/errors'
import type { Readers } from '../work.ts'
import type { Person } from './person.ts'

/**
 * Whoever is invited under an address is the only one that is: two of them would be one person who was invited twice. Whom nobody invited may
 * have it too.
 *
 * @param email none, and nothing is asked
 * @throws DeskError person_email_taken
 */
export async function requireFreeAddress(
  stores: Pick<Readers, 'people'>,
  { environment, id, email }: Pick<Person, 'environment' | 'id' | 'email'>,
): Promise<void> {
  if (email === undefined) return
  const other = await stores.people.findInvited({ environment }, email)
  if (other && other.id !== id) refuse('person_email_taken', { email })
}
