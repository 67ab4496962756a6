import type { ForgedRow } from '../../core/row-codes.ts'
import type { Database } from '../opening/open-database.ts'
import { type OpenWork, openWork } from '../opening/open-work.ts'
import { SAMPLE_CODES } from './sample-codes.ts'

/** Opens a database under codes that everybody knows, and begins the inventories where no desk has begun, as a first start does; for tests only. */
export async function openSample(database: Database, onForged?: (row: ForgedRow) => void): Promise<OpenWork> {
  const work = await openWork(database, SAMPLE_CODES, onForged)
  const authorities = await work.read((stores) => stores.authorities.all())
  if (authorities.length === 0) await work.fillInventories()
  return work
}
