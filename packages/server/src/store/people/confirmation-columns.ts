import type { Confirmation } from '../../core/confirming/confirmation.ts'
import type { ConfirmationColumns } from '../tables.ts'

export const confirmationColumns = (confirmation: Confirmation | undefined): ConfirmationColumns => ({
  asked_by_id: confirmation?.asked.id ?? null,
  asked_by_name: confirmation?.asked.name ?? null,
  confirmed_by_id: confirmation?.given?.id ?? null,
  confirmed_by_name: confirmation?.given?.name ?? null,
  confirmed_at: confirmation?.given?.at ?? null,
})

/** @returns nothing where the row names nobody who asked */
export function confirmationOf(row: ConfirmationColumns): { readonly confirmation?: Confirmation } {
  if (row.asked_by_id === null) return {}
  const asked = { id: row.asked_by_id, name: row.asked_by_name! }
  if (row.confirmed_at === null) return { confirmation: { asked } }
  const given = { at: row.confirmed_at, id: row.confirmed_by_id!, name: row.confirmed_by_name! }
  return { confirmation: { asked, given } }
}
