import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { COMPUTED, filesUnder, importsOf, isTestFile } from './sources.ts'

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
  const found = importsOf(text).imports.map((target) => target.slice(2, -3))
  assert.deepEqual(found.sort(), ['five', 'four', 'one', 'seven', 'six', 'three', 'two'])
})

const UNUSUAL = {
  'an apostrophe in a comment among the names': "import {\n  // the store's own rows\n  rows,\n} from './x.ts'",
  'a template': 'await import(`./x.ts`)',
  'a comment in the call': "await import(/* here */ './x.ts')",
  'a comment before the statement': "/** rows */ import { rows } from './x.ts'",
  'two statements on a line': "const a = 1; import { rows } from './x.ts'",
  'the old form of types': "import rows = require('./x.ts')",
}
for (const [what, text] of Object.entries(UNUSUAL)) {
  test(`an import is seen through ${what}`, () => assert.deepEqual(importsOf(text).imports, ['./x.ts']))
}

test('two types imported on one line are two imports', () => {
  const { imports } = importsOf("type A = [import('./one.ts').A, import('./two.ts').B]")
  assert.deepEqual(imports, ['./one.ts', './two.ts'])
})

test('what is started from its own file is seen, what is read as data is not', () => {
  const text = `new Worker(new URL('./thread.ts', import.meta.url)); new URL('./page.html', import.meta.url); new URL('./x.ts', base)`
  const { imports, addresses } = importsOf(text)
  assert.deepEqual({ imports, addresses }, { imports: [], addresses: ['./thread.ts'] })
})

test('a name that is computed is told', () => {
  assert.deepEqual(importsOf(`await import(base + '.ts'); await import(name)`).imports, [COMPUTED, COMPUTED])
})

test('a file found by where this one is, in another form than that of a worker’s, is told as computed', () => {
  const forms = [
    'new Worker(new URL(`./$' + '{name}.ts`, import.meta.url))',
    'const here = import.meta.url',
    "import.meta.resolve('./x.ts')",
    "join(import.meta.dirname, 'x.ts')",
    "process.getBuiltinModule('module')",
    "globalThis.process.getBuiltinModule('module')",
  ]
  for (const form of forms) assert.deepEqual(importsOf(form).imports, [COMPUTED], form)
  assert.deepEqual(importsOf("const pages = new URL('../pages/', import.meta.url)").imports, [])
})

test('imports that take nothing but types are told apart, those of nothing are not among them', () => {
  const only = (text: string) => [...importsOf(text).types]
  for (const text of [
    "import type { A } from './x.ts'",
    "import { type A, type B } from './x.ts'",
    "export type { A } from './x.ts'",
    "export { type A } from './x.ts'",
    "export type * from './x.ts'",
    "type A = import('./x.ts').A",
  ])
    assert.deepEqual(only(text), ['./x.ts'], text)
  for (const text of [
    "import { type A, b } from './x.ts'",
    "import './x.ts'",
    "import {} from './x.ts'",
    "import * as x from './x.ts'",
    "export * from './x.ts'",
    "await import('./x.ts')",
    "import type { A } from './x.ts'; import { b } from './x.ts'",
  ])
    assert.deepEqual(only(text), [], text)
})

test('words in texts and elements are no imports', () => {
  const text =
    "export const a = <p>{`import { b } from './c.ts'`}import d from './e.ts'</p>\nexport { f }\nconst from = 'x'"
  assert.deepEqual(importsOf(text, 'page.tsx').imports, [])
})

test('a file that cannot be parsed is named', () => {
  assert.throws(() => importsOf('import {', 'broken.ts'), /broken\.ts/)
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
