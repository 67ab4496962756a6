import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** How many files a change takes, and how many of them are new. */
export interface Count {
  readonly files: number
  readonly made: number
}

export const sayCount = ({ files, made }: Count): string => (made === 0 ? `${files}` : `${files}, ${made} new`)

/** What ARCHITECTURE.md says in its table, by the first cell of each row that is counted. */
export function countsIn(root: string): Map<string, string> {
  const rows = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
  return new Map(
    rows.flatMap(([, change, files]) => (change && /^\d+(, \d+ new)?$/.test(files ?? '') ? [[change, files!]] : [])),
  )
}

/** What the table says otherwise than it is, as a sentence. */
export function lieOf(said: ReadonlyMap<string, string>, row: string, count: Count): string | undefined {
  const found = said.get(row)
  if (found === sayCount(count)) return undefined
  return found === undefined
    ? `ARCHITECTURE.md has no row “${row}” with a count of files: it takes ${sayCount(count)}`
    : `ARCHITECTURE.md says that “${row}” takes ${found} files; it takes ${sayCount(count)}`
}
