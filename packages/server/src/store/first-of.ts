import type { First } from '../core/paging.ts'

/** The rows of the first so many of ids, in their order. The query asked for one more than that: whether it came says whether there are more. */
export async function firstOf<R extends { readonly id: string }, T>(
  ids: readonly string[],
  limit: number,
  read: (ids: readonly string[]) => Promise<readonly R[]>,
  toValue: (row: R) => T,
): Promise<First<T>> {
  const shown = ids.slice(0, limit)
  const rows = new Map((shown.length === 0 ? [] : await read(shown)).map((row) => [row.id, row]))
  const items = shown.flatMap((id) => rows.get(id) ?? []).map(toValue)
  return { items, more: ids.length > limit }
}
