import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { tree } from '../tree.ts'
import { CHANGES } from './all.ts'
import { AnchorGone, apply } from './apply.ts'
import type { Change } from './change.ts'
import { copyTree } from './copy-tree.ts'
import { countsIn, lieOf } from './table.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

// All of them in one copy, with the checks that read code, and compiled at once. `npm run test:changes` compiles each by itself, as its
// package is, and sees it work.
test('each change that the table of ARCHITECTURE.md counts takes as many files as it says, compiles, and the house lets it in', (t) => {
  const root = mkdtempSync(join(tmpdir(), 'scel-changes-'))
  t.after(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }))
  copyTree(ROOT, root)
  const said = countsIn(ROOT)
  const lies = CHANGES.map((change) => {
    const files = apply(root, change).length
    return lieOf(said, change.row, { files, made: Object.keys(change.made).length })
  })
  assert.deepEqual(lies.filter(Boolean), [])
  assert.deepEqual([...said.keys()].sort(), CHANGES.map(({ row }) => row).sort(), 'every count has its change')
  const quick = ['layers', 'stores', 'unused']
  const { stdout } = spawnSync(process.execPath, [join(root, 'tools/check.ts'), ...quick], { encoding: 'utf8' })
  assert.deepEqual(stdout.trim().split('\n').sort(), quick.map((name) => `ok      check: ${name}`).sort())
  assert.equal(typeErrors(root), '')
})

/** Of everything as one program, which takes a third of what a program for each package does. The portal's settings are those that all else compiles with, too. */
function typeErrors(root: string): string {
  const config = join(root, 'tsconfig.all.json')
  writeFileSync(config, JSON.stringify({ extends: './packages/portal/tsconfig.json', include: ['packages', 'tools'] }))
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const args = [tsc, '-p', config, '--pretty', 'false']
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  return stdout + stderr
}

const CHANGE: Change = {
  ...{ row: 'new drawer', before: '', made: { 'b.ts': 'b' }, seenBy: {} },
  edits: [{ file: 'a.ts', at: 'two\n', put: 'after', text: 'two and a half\n' }],
}
const table = (files: string): string =>
  `| change | files | places |\n|---|---|---|\n| new drawer | ${files} | some |\n`

test('an anchor that is gone, or not the only one, is told by its words', (t) => {
  assert.deepEqual(apply(tree(t, { 'a.ts': 'one\ntwo\n' }), CHANGE), ['a.ts', 'b.ts'])
  assert.throws(() => apply(tree(t, { 'a.ts': 'one\n' }), CHANGE), { message: /a\.ts: the anchor “two” is not there/ })
  assert.throws(() => apply(tree(t, { 'a.ts': 'two\ntwo\n' }), CHANGE), { message: /“two” stands more than once/ })
  assert.throws(() => apply(tree(t, { 'a.ts': 'two\n', 'b.ts': '' }), CHANGE), AnchorGone)
})

test('a row that says another number, or no row, is a lie', (t) => {
  const lie = (files: string) =>
    lieOf(countsIn(tree(t, { 'ARCHITECTURE.md': table(files) })), 'new drawer', { files: 2, made: 1 })
  assert.equal(lie('2, 1 new'), undefined)
  assert.match(lie('2') ?? '', /says that “new drawer” takes 2 files; it takes 2, 1 new/)
  assert.match(lie('few') ?? '', /no row “new drawer”/)
})
