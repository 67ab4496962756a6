import { type DeskNames, requireNotOfDesk } from '../names/desk-names.ts'
import { requireWithin } from '../names/name-suffix.ts'
import type { Organisation } from '../organisations/organisation.ts'
import type { NewRequest } from './request.ts'

/**
 * Whether the organisation may have the names that the certificate will have. Asked at the submission, and again by whoever
 * decides, because it may have changed meanwhile.
 * @throws DeskError name_outside_organisation, name_not_allowed
 */
export function requireNames(
  { names }: Pick<NewRequest, 'names'>,
  organisation: Organisation,
  deskNames: DeskNames,
): void {
  requireNotOfDesk(names, deskNames)
  requireWithin(names, organisation)
}
