import type { First } from '../../core/paging.ts'

/** What was read of a list from a place on: how many rows there were, and of those, in their order, what the desk wrote. */
export interface Looked<T> {
  readonly rows: number
  readonly genuine: readonly T[]
}

/**
 * The first so many of a list that are the desk's own. What a row's code says is known only once it is read: a list that is cut before that is
 * whatever somebody plants, so one that comes short is read on. After `MOST_LOOKED_AT` rows it ends, and says that there are more; each row that is
 * not the desk's was told of.
 *
 * @param look reads at most so many rows, past the first so many of an order in which every row has its place
 */
export async function firstOf<T>(
  limit: number,
  look: (most: number, passed: number) => Promise<Looked<T>>,
): Promise<First<T>> {
  const items: T[] = []
  let most = limit + 1
  for (let passed = 0; passed < MOST_LOOKED_AT; most = STEP) {
    const { rows, genuine } = await look(most, passed)
    items.push(...genuine)
    if (items.length > limit) return { items: items.slice(0, limit), more: true }
    if (rows < most) return { items, more: false }
    passed += rows
  }
  return { items, more: true }
}

/** The rows that a list names, in its order; whoever reads them leaves out what is not the desk's. */
export async function inOrder<R extends { readonly id: string }>(
  named: readonly { readonly id: string }[],
  read: (ids: readonly string[]) => Promise<readonly R[]>,
): Promise<Looked<R>> {
  const rows = new Map((named.length === 0 ? [] : await read(named.map(({ id }) => id))).map((row) => [row.id, row]))
  return { rows: named.length, genuine: named.flatMap(({ id }) => rows.get(id) ?? []) }
}

/** Rows that are read at once where the first were not enough: what one statement may name. */
const STEP = 1_000
/** For one list: what whoever plants rows by the million may cost. */
export const MOST_LOOKED_AT = 10_000
