import { kindOfName } from '../names/asked-name.ts'
import { type DeskNames, requireNotOfDesk } from '../names/desk-names.ts'
import { requireWithin } from '../names/name-suffix.ts'
import type { Organisation } from '../organisations/organisation.ts'
import type { NewRequest } from './request.ts'

/**
 * Whether the organisation may have the names that the certificate will have; where it is nobody's, whether none of them is a machine's. Asked
 * at the submission, and again by whoever decides, because it may have changed meanwhile.
 * @throws DeskError name_outside_organisation, name_not_allowed
 */
export function requireNames(
  { names }: Pick<NewRequest, 'names'>,
  organisation: Organisation | undefined,
  deskNames: DeskNames,
): void {
  requireNotOfDesk(names, deskNames)
  if (organisation) requireWithin(names, organisation)
  else {
    const ofMachines = names.filter((name) => kindOfName(name) !== 'email')
    requireWithin(ofMachines, { nameSuffixes: [] })
  }
}
