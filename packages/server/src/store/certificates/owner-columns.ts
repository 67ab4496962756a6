import { OWNER_RULES, type Owner, type OwnerKind, organisationOwner, THE_DESK } from '../../core/owner.ts'

/** The pair of columns that says whose a row is. */
export interface OwnerColumns {
  readonly owner_kind: OwnerKind
  readonly owner_id: string
}

export const ownerRow = ({ kind, id }: Owner): OwnerColumns => ({ owner_kind: kind, owner_id: id })

/**
 * What names no owner that there is somebody wrote over: nobody but the desk has it. Of which service of an organisation it is, the row says
 * where it says its place.
 */
export function ownerOf({ owner_kind: kind, owner_id: id, service }: OwnerColumns & WithService): Owner {
  if (kind === 'organisation') return organisationOwner(id, service ?? undefined)
  return kind === 'desk' || !Object.hasOwn(OWNER_RULES, kind) ? THE_DESK : { kind, id }
}

interface WithService {
  readonly service?: string | null
}
