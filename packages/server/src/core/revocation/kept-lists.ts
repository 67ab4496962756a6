import type { Reading } from '../work.ts'
import type { Crl } from './crl.ts'

/**
 * Answers the newest list of an authority, each time as the database has it now; its bytes are read when there is another
 * one, and are the same for all who ask: a list of a hundred thousand entries is megabytes.
 *
 * @returns a look by the authority's id; undefined when it has no list
 */
export function keptLists(work: Reading): (authorityId: string) => Promise<Crl | undefined> {
  const kept = new Map<string, { readonly key: string; readonly crl: Promise<Crl | undefined> }>()
  return async (id) => {
    const newest = await work.read(({ crls }) => crls.newest(id))
    if (!newest) return undefined
    // A number may come twice, where an older copy of the database was put back; a number at one moment does not.
    const key = `${newest.number} ${newest.thisUpdate}`
    const known = kept.get(id)
    if (known?.key === key) return known.crl
    const crl = work.read(({ crls }) => crls.latest(id))
    kept.set(id, { key, crl })
    crl.catch(() => {
      if (kept.get(id)?.crl === crl) kept.delete(id)
    })
    return crl
  }
}
