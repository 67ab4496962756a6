import { refuse } from '@scel/contract/errors'
import type { Reading } from '../work.ts'
import type { Crl } from './crl.ts'

interface Kept {
  readonly key: string
  readonly number: number
  readonly crl: Promise<Crl>
}

/**
 * Answers the newest list of an authority, each time as the database has it now; its bytes are read when there is another
 * one, and are the same for all who ask: a list of a hundred thousand entries is megabytes. It never goes back: where the newest
 * list is gone from the database, that one is still the answer, and not the one before, on which what was revoked since is missing.
 *
 * @returns a look by the authority's id; undefined when it has no list. It throws DeskError not_ready where the newest list is not kept as
 *   it was published
 */
export function keptLists(work: Reading): (authorityId: string) => Promise<Crl | undefined> {
  const kept = new Map<string, Kept>()
  const bytesOf = async (id: string, number: number): Promise<Crl> =>
    (await work.read(({ crls }) => crls.numbered(id, number))) ??
    refuse('not_ready', { part: 'restored', look: 'failed' })
  return async (id) => {
    const newest = await work.read(({ crls }) => crls.newest(id))
    const known = kept.get(id)
    if (known && known.number > (newest?.number ?? 0)) return known.crl
    if (!newest) return undefined
    const { number } = newest
    // A number may come twice, where an older copy of the database was put back; a number at one moment does not.
    const key = `${number} ${newest.thisUpdate}`
    if (known?.key === key) return known.crl
    const crl = bytesOf(id, number)
    kept.set(id, { key, number, crl })
    crl.catch(() => {
      if (kept.get(id)?.crl !== crl) return
      if (known) kept.set(id, known)
      else kept.delete(id)
    })
    return crl
  }
}
