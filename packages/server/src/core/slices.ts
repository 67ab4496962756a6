import { type Page, type PageQuery, sizeOf } from './paging.ts'
import type { World } from './world.ts'

/**
 * A page of a list of which a store may answer less than was asked for. Where no index helps a search, it looks at every row until it has enough,
 * and one that finds nothing at all of them: so a store looks at so many at once and answers what it found there, with the key to go on from. The
 * same where rows are not the desk's: somebody may have planted whole pages of them. Between two such slices everybody else has their turn; after the
 * time that one page may take, it ends where it is, with the key of the next.
 */
export async function inSlices<Q extends PageQuery, T>(
  world: Pick<World, 'elapsed'>,
  query: Q,
  page: (query: Q) => Promise<Page<T>>,
): Promise<Page<T>> {
  const size = sizeOf(query)
  const until = world.elapsed() + LONGEST
  const items: T[] = []
  let after = query.after
  for (;;) {
    const slice = await page({ ...query, size: size - items.length, ...(after === undefined ? {} : { after }) })
    items.push(...slice.items)
    after = slice.next
    if (after === undefined) return { items }
    if (items.length >= size || world.elapsed() >= until) return { items, next: after }
  }
}

/** In milliseconds. */
const LONGEST = 2_000
