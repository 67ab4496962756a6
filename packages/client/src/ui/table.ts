import { plain } from './plain.ts'

/** How wide a text stands on a terminal, counted in what people see as characters. */
export function widthOf(text: string): number {
  if (SIMPLE.test(text)) return text.length
  let width = 0
  for (const { segment } of GRAPHEMES.segment(text)) width += WIDE.test(segment) ? 2 : 1
  return width
}

/**
 * A table with a heading, columns two spaces apart. When it is wider than `columns`, each row becomes a block of
 * `heading  value` lines instead, so that nothing is cut.
 */
export function table(headings: readonly string[], rows: readonly (readonly string[])[], columns?: number): string[] {
  const cells = rows.map((row) => row.map(plain))
  const widths = headings.map((heading, column) =>
    Math.max(widthOf(heading), ...cells.map((row) => widthOf(row[column] ?? ''))),
  )
  const total = widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length)
  if (columns !== undefined && total > columns) {
    return cells.flatMap((row, index) => [
      ...(index > 0 ? [''] : []),
      ...pairs(headings.map((h, c) => [h, row[c] ?? ''])),
    ])
  }
  return [headings, ...cells].map((row) => line(row, widths))
}

/** `name  value` lines with the values under one another, each on one line, whoever wrote it. */
export const pairs = (items: readonly (readonly [string, string])[]): string[] =>
  pairsOfLines(items.map(([name, value]) => [name, plain(value)]))

/** The same of values of several lines, which hang under their first ones: whatever others wrote in them was made plain already. */
export function pairsOfLines(items: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...items.map(([name]) => widthOf(name)))
  return items.flatMap(([name, value]) =>
    value.split('\n').map((part, index) => line([index === 0 ? name : '', plain(part)], [width, 0])),
  )
}

const line = (cells: readonly string[], widths: readonly number[]): string =>
  cells
    .map((cell, column) => (column === cells.length - 1 ? cell : padded(cell, widths[column] ?? 0))) // nothing follows the last
    .join(GAP)
    .trimEnd()

const padded = (cell: string, width: number): string => cell + ' '.repeat(Math.max(0, width - widthOf(cell)))

const GAP = '  '
// Latin, Greek, Cyrillic and Armenian letters and marks of the line, each a character of its own: told without ICU, of which every text
// holds kilobytes outside of V8's heap until a collection that the heap sees no reason for.
const SIMPLE = /^[\x20-\x7e\u00a0-\u02ff\u0370-\u0482\u048a-\u058f\u2010-\u2027]*$/
const GRAPHEMES = new Intl.Segmenter()
// Hangul, CJK and full-width forms (Unicode TR 11), and pictures
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u
