import type { Grant } from '@scel/contract/values'
import type { Text } from '../languages/index.ts'

/** A role and where it holds, in a few words. */
export const roleWords = (text: Text, { role, organisation }: Pick<Grant, 'role' | 'organisation'>): string =>
  organisation ? `${text(`role.${role}`)} · ${organisation.code}` : text(`role.${role}`)

/** All that somebody is; of what waits for a confirmation, nothing. */
export function rolesWords(text: Text, grants: readonly Grant[]): string {
  const standing = grants.filter(({ awaiting }) => !awaiting)
  return standing.length === 0 ? text('role.none') : standing.map((grant) => roleWords(text, grant)).join(', ')
}
