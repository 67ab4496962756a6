/** Columns of what waits for a second administrator, or had one: who asked, and who confirmed when. A row without an asker needs nobody. */
export const CONFIRMATION: readonly string[] = [
  ...['asked_by_id', 'asked_by_name', 'confirmed_by_id', 'confirmed_by_name', 'confirmed_at'],
]
