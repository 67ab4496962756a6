import { type Page, type PageQuery, sizeOf } from './paging.ts'
import type { World } from './world.ts'

/**
 * A page of a list that is searched. Where no index helps a search, it looks at every row until it has enough, and one that
 * finds nothing at all of them: so a store looks at so many at once and answers what it found there, with the key to go
 * on from. Between two such slices everybody else has their turn; after the time that one search may take, the page ends
 * where it is, with the key of the next.
 */
export async function inSlices<Q extends PageQuery & { readonly search?: string }, T>(
  world: Pick<World, 'elapsed'>,
  query: Q,
  page: (query: Q) => Promise<Page<T>>,
): Promise<Page<T>> {
  if (!query.search) return page(query)
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
