import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Change, Edit } from './change.ts'

/** An anchor that is not where the change looks for it. */
export class AnchorGone extends Error {}

/**
 * Makes a change in a tree.
 * @returns the files that it touches, but for tests
 * @throws AnchorGone
 */
export function apply(root: string, { made, edits, seenBy, tests = [] }: Change): string[] {
  for (const [path, text] of [...Object.entries(made), ...Object.entries(seenBy)]) {
    if (existsSync(join(root, path))) throw new AnchorGone(`${path} is there: the change has to make another file`)
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  for (const edit of [...edits, ...tests]) insert(root, edit)
  return [...new Set([...Object.keys(made), ...edits.map(({ file }) => file)])].sort()
}

function insert(root: string, { file, at, put, text }: Edit): void {
  const path = join(root, file)
  const whole = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const [before, after, ...more] = whole.split(at)
  if (before === undefined || after === undefined || more.length > 0) {
    const times = after === undefined ? 'is not' : 'stands more than once'
    throw new AnchorGone(
      `${file}: the anchor “${at.trim()}” ${times} there. Give the change another one, and look whether its row in ARCHITECTURE.md is still true`,
    )
  }
  writeFileSync(path, put === 'after' ? `${before}${at}${text}${after}` : `${before}${text}${at}${after}`)
}
