import { type DeskErrorCode, hasDeskCode, isDeskError, refuse } from '@scel/contract/errors'

/** What a store says when it cannot do its work: faults of the desk, never refusals. */
export const STORAGE_FAULTS: ReadonlySet<DeskErrorCode> = new Set([
  'storage_full',
  'storage_unavailable',
  'storage_uncertain',
  'storage_altered',
  'storage_contended',
  'storage_moved',
  'storage_damaged',
  'database_older',
  'database_newer',
])

export const isStorageFault = (error: unknown): boolean => isDeskError(error) && STORAGE_FAULTS.has(error.code)

/**
 * Reads what shows a change that is committed. A store that fails only now has stored it: its own words, that nothing was
 * changed, would not be true.
 * @throws DeskError stored_incomplete in place of a fault of the store, or of a row that somebody wrote over
 */
export async function afterCommit<T>(show: () => Promise<T>): Promise<T> {
  try {
    return await show()
  } catch (error) {
    if (isStorageFault(error) || hasDeskCode(error, 'certificate_row_altered'))
      return refuse('stored_incomplete', {}, error)
    throw error
  }
}
