import type { Grant } from '@scel/contract/values'
import type { Text } from '../languages/index.ts'

/** A role and where it holds, in a few words. */
export const roleWords = (
  text: Text,
  { role, organisation, service }: Pick<Grant, 'role' | 'organisation' | 'service'>,
): string =>
  [text(`role.${role}`), ...(organisation ? [organisation.code] : []), ...(service ? [service.name] : [])].join(' · ')

/** All that somebody is; of what waits for a confirmation, nothing. */
export function rolesWords(text: Text, grants: readonly Grant[]): string {
  const standing = grants.filter(({ awaiting }) => !awaiting)
  return standing.length === 0 ? text('role.none') : standing.map((grant) => roleWords(text, grant)).join(', ')
}
