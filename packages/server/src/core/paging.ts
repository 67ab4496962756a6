import { refuse } from '@scel/contract/errors'
import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from '@scel/pki/bytes'

// Lists are paged by key, never by offset: a page stays right while rows come and go above it. The cursor is the key of
// the last row shown, written so that nobody is tempted to build one.

export interface PageQuery {
  readonly after?: string
  readonly size?: number
}

export interface Page<T> {
  readonly items: readonly T[]
  /** Key of the page after this one; absent on the last. */
  readonly next?: string
}

/** The first of a list that is shown as one, and whether there are more. */
export interface First<T> {
  readonly items: readonly T[]
  readonly more: boolean
}

const PAGE_SIZE = 50
const LARGEST_PAGE = 200

/** The number of rows to show, within limits. */
export const sizeOf = (query: PageQuery): number =>
  Math.min(LARGEST_PAGE, Math.max(1, Math.trunc(query.size ?? PAGE_SIZE)))

export const writeCursor = (...key: readonly (string | number)[]): string => toBase64Url(utf8(JSON.stringify(key)))

/**
 * Reads the key of a cursor.
 * @param kinds what each part must be
 * @throws DeskError cursor_invalid when it is not one of this list's
 */
export function readCursor<const K extends readonly ('string' | 'number')[]>(
  cursor: string,
  ...kinds: K
): { [I in keyof K]: K[I] extends 'number' ? number : string } {
  let key: unknown
  try {
    key = JSON.parse(fromUtf8(fromBase64Url(cursor)))
  } catch {
    return refuse('cursor_invalid', {})
  }
  if (!Array.isArray(key) || key.length !== kinds.length || !key.every((part, i) => typeof part === kinds[i])) {
    return refuse('cursor_invalid', {})
  }
  return key as never
}

export const mapPage = <A, B>(page: Page<A>, map: (item: A) => B): { items: B[]; next?: string } => ({
  items: page.items.map(map),
  ...(page.next === undefined ? {} : { next: page.next }),
})
