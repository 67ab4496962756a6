import { type Owner, type OwnerKind, THE_DESK } from '../core/owner.ts'

/** The pair of columns that says whose a row is. */
export interface OwnerColumns {
  readonly owner_kind: OwnerKind
  readonly owner_id: string
}

export const ownerRow = ({ kind, id }: Owner): OwnerColumns => ({ owner_kind: kind, owner_id: id })

/** What names no owner that there is somebody wrote over: nobody but the desk has it. */
export const ownerOf = ({ owner_kind: kind, owner_id: id }: OwnerColumns): Owner =>
  kind === 'desk' || !Object.hasOwn(KINDS, kind) ? THE_DESK : { kind, id }

const KINDS: Readonly<Record<OwnerKind, true>> = {
  applicant: true,
  organisation: true,
  person: true,
  desk: true,
}
