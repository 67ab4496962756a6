//
// docs/attacks.md names a test for every danger: the file is there, and a test in it begins so.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const NAMED = /^ {2}- `([^`]+)`: “(.+)…”$/gm
const DANGER = /^- (.+)\n(?! {2}- )/gm

/** Tests that the page names and nobody has, and dangers without a test. */
export function checkAttacks(root: string): string[] {
  const page = join(root, 'docs/attacks.md')
  if (!existsSync(page)) return ['docs/attacks.md is missing']
  const text = readFileSync(page, 'utf8')
  const named = [...text.matchAll(NAMED)]
  return [
    ...(named.length === 0 ? ['docs/attacks.md names no test'] : []),
    ...[...text.matchAll(DANGER)].map(([, danger]) => `docs/attacks.md: no test is named for “${danger}”`),
    ...named.flatMap(([, file = '', name = '']) => {
      if (!existsSync(join(root, file))) return [`docs/attacks.md: ${file} is not there`]
      const begins = readFileSync(join(root, file), 'utf8').split(name)
      return begins.slice(0, -1).some((before) => /['"`]$/.test(before))
        ? []
        : [`docs/attacks.md: no test of ${file} begins with “${name}”`]
    }),
  ]
}
