//
// `npm run test:changes`: makes each change that the table of ARCHITECTURE.md counts, from nothing, in a copy of the tree of its own, and
// runs the checks there until they are green, and the tests that see the change work. Words choose: `-- profile page`.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CHANGES } from './all.ts'
import { apply } from './apply.ts'
import type { Change } from './change.ts'
import { copyTree } from './copy-tree.ts'
import { countsIn, lieOf, sayCount } from './table.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

interface Step {
  readonly program: string
  readonly args?: readonly string[]
  /** Folder that it runs in. @default the top */
  readonly at?: string
}

/** Runs a program of the copy. @returns what it printed, when it failed */
function fails(root: string, { program, args = [], at = '' }: Step): string | undefined {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, program), ...args], {
    cwd: join(root, at),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  return status === 0 ? undefined : `${stdout}${stderr}`
}

/** What the first step says that says something; those after it are not done. */
function firstOf(steps: readonly Step[], says: (step: Step) => string | undefined): string | undefined {
  for (const step of steps) {
    const words = says(step)
    if (words !== undefined) return words
  }
  return undefined
}

/** @returns what is wrong, and nothing when the change is as the table says */
function tried(change: Change): string[] {
  const root = mkdtempSync(join(tmpdir(), 'scel-change-'))
  try {
    copyTree(ROOT, root)
    const touched = apply(root, change)
    const count = { files: touched.length, made: Object.keys(change.made).length }
    console.log(`${change.row}: ${sayCount(count)} (in the first state: ${change.before})`)
    for (const path of touched) console.log(`    ${path in change.made ? '+' : ' '} ${path}`)
    const lie = lieOf(countsIn(ROOT), change.row, count)
    const style = [...touched, ...Object.keys(change.seenBy)]
    const biome = 'node_modules/@biomejs/biome/bin/biome'
    const vite: Step = { program: 'node_modules/vite/bin/vite.js', args: ['build'], at: 'packages/portal' }
    const steps: readonly Step[] = [
      { program: biome, args: ['check', '--write', '--vcs-enabled=false', ...style] },
      { program: 'tools/check.ts' },
      ...(change.inPortal ? [vite] : []),
      { program: 'tools/test.ts', args: Object.keys(change.seenBy) },
    ]
    const failed = firstOf(steps, (step) => fails(root, step))
    return [...(lie === undefined ? [] : [lie]), ...(failed === undefined ? [] : [`${change.row}: ${failed}`])]
  } finally {
    rmSync(root, { recursive: true, force: true, maxRetries: 5 })
  }
}

const words = process.argv.slice(2)
const chosen = CHANGES.filter(({ row }) => words.length === 0 || words.some((word) => row.includes(word)))
const wrong = chosen.flatMap((change) => {
  const found = tried(change)
  console.log(found.length === 0 ? 'ok' : found.join('\n'))
  return found
})
if (chosen.length === 0) console.log(`no change has ${words.join(' or ')} in its row`)
if (wrong.length > 0 || chosen.length === 0) process.exitCode = 1
