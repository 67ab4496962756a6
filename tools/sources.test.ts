import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { filesUnder, importsOf, isTestFile, withoutComments } from './sources.ts'

test('every form of import is found, and none in a comment', () => {
  const text = `
import { a } from './one.ts'
import type {
  B,
} from './two.ts'
import './three.ts'
export { c } from './four.ts'
export * from './five.ts'
const d = await import('./six.ts')
type E = import('./seven.ts').E
// import { x } from './comment.ts'
/**
 * import { y } from './example.ts'
 */
export const text = 'from here'
`
  const found = importsOf(text).map((target) => target.slice(2, -3))
  assert.deepEqual(found.sort(), ['five', 'four', 'one', 'seven', 'six', 'three', 'two'])
})

test('an export is not taken for the import that follows it', () => {
  assert.deepEqual(importsOf(`export const a = 1\nexport { b }\nconst from = 'x'`), [])
})

test('our files are found, and what npm and vite made is left out', (t) => {
  const root = mkdtempSync(join(tmpdir(), 'scel-sources-'))
  t.after(() => rmSync(root, { recursive: true }))
  for (const file of ['a/b.ts', 'a/c.md', 'a/node_modules/d.ts', 'dist/e.ts']) {
    mkdirSync(join(root, dirname(file)), { recursive: true })
    writeFileSync(join(root, file), '')
  }
  assert.deepEqual(filesUnder(root), ['a/b.ts', 'a/c.md'])
  assert.deepEqual(filesUnder(root, /\.ts$/), ['a/b.ts'])
})

test('test files are known by name and by folder', () => {
  const tests = ['x.test.ts', 'src/testing/world.ts', 'e2e/a.ts', 'bench/issue.bench.ts', 'a/test/b.ts']
  for (const path of tests) assert.equal(isTestFile(path), true, path)
  for (const path of ['src/contest.ts', 'src/a.suite.ts', 'src/latest/a.ts'])
    assert.equal(isTestFile(path), false, path)
})

test('comments are blanked, addresses in strings stay', () => {
  assert.equal(withoutComments(`a // b\n * c\nconst d = 'https://e' // f`), `a\n\nconst d = 'https://e'`)
})
