import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { checkUnused } from './check-unused.ts'
import { tree } from './tree.ts'

const manifest = (rest: object): string => JSON.stringify({ name: '@scel/pki', ...rest })
const PROJECT = {
  'package.json': '{}',
  'packages/pki/package.json': manifest({ exports: { './bytes': './src/bytes.ts' } }),
  'packages/pki/src/bytes.ts': 'export const offered = 1\nexport type Offered = 2',
  'packages/pki/src/a.test.ts': "import { a } from './a.ts'",
  'packages/pki/src/a.ts': 'export const a = 1',
}
const told = (t: TestContext, more: Readonly<Record<string, string>>): string[] =>
  checkUnused(tree(t, { ...PROJECT, ...more }))

const USED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'what a package offers': {},
  'what a test takes': { 'packages/pki/src/a.test.ts': "import { a as mine } from './a.ts'" },
  'what is passed on and taken there': {
    'packages/pki/src/room.ts': "export { a as b } from './a.ts'",
    'packages/pki/src/b.test.ts': "import { b } from './room.ts'",
  },
  'what is passed on by a star': {
    'packages/pki/src/room.ts': "export * from './a.ts'",
    'packages/pki/src/a.test.ts': "import { a } from './room.ts'",
  },
  'what a package for tests offers to a test': {
    'packages/testkit/package.json': JSON.stringify({ name: '@scel/testkit', exports: { './x': './src/x.ts' } }),
    'packages/testkit/src/x.ts': 'export const x = 1',
    'packages/pki/src/b.test.ts': "import { x } from '@scel/testkit/x'",
  },
  'what is taken as a whole': { 'packages/pki/src/a.test.ts': "import * as all from './a.ts'" },
  'what is imported while it runs': { 'packages/pki/src/a.test.ts': "await import('./a.ts')" },
  'what is imported while it runs, and a type of it before': {
    'packages/pki/src/a.test.ts': "import type { A } from './a.ts'\nconst { a } = await import('./a.ts')",
    'packages/pki/src/a.ts': 'export const a = 1\nexport type A = 2',
  },
  'a type that its file uses': {
    'packages/pki/src/a.ts': 'export interface Needs {}\nexport const a = (n: Needs) => n',
  },
  'a worker': {
    'packages/pki/src/w.ts': 'export const w = 1',
    'packages/pki/src/a.ts': "export const a = new Worker(new URL('./w.ts', import.meta.url))",
  },
  'a program that is named': {
    'packages/pki/src/start.ts': 'run()',
    'packages/pki/package.json': manifest({ exports: { './bytes': './src/bytes.ts' }, bin: { x: './src/start.ts' } }),
  },
  'a dependency of the root that a package takes': {
    'package.json': '{ "devDependencies": { "fast-check": "1" } }',
    'packages/pki/src/b.test.ts': "import fc from 'fast-check'",
  },
}
for (const [what, more] of Object.entries(USED)) {
  test(`${what} is used`, (t) => assert.deepEqual(told(t, more), []))
}

const IDLE: Readonly<Record<string, readonly [Readonly<Record<string, string>>, RegExp]>> = {
  'a value that its own file alone uses': [
    { 'packages/pki/src/a.ts': 'export const b = 1\nexport const a = b' },
    /^packages\/pki\/src\/a\.ts: nothing takes b$/,
  ],
  'a type that nothing uses': [
    { 'packages/pki/src/a.ts': 'export interface B {}\nexport const a = 1' },
    /^packages\/pki\/src\/a\.ts: nothing takes B$/,
  ],
  'what is passed on and not taken': [
    {
      'packages/pki/src/room.ts': "export { a } from './a.ts'",
      'packages/pki/src/b.ts': 'import "./room.ts"',
      'packages/pki/src/b.test.ts': 'import "./b.ts"',
    },
    /^packages\/pki\/src\/room\.ts: nothing takes a$/,
  ],
  'what a package for tests offers and no test takes': [
    {
      'packages/testkit/package.json': JSON.stringify({ name: '@scel/testkit', exports: { './x': './src/x.ts' } }),
      'packages/testkit/src/x.ts': 'export const x = 1',
    },
    /^packages\/testkit\/src\/x\.ts: nothing takes x$/,
  ],
  'a file': [{ 'packages/pki/src/lost.ts': 'run()' }, /^packages\/pki\/src\/lost\.ts: nothing imports or starts it$/],
  'a dependency': [
    {
      'packages/pki/package.json': manifest({
        exports: { './bytes': './src/bytes.ts' },
        dependencies: { kysely: '1' },
      }),
    },
    /^packages\/pki\/package\.json: nothing imports kysely$/,
  ],
}
for (const [what, [more, words]] of Object.entries(IDLE)) {
  test(`${what} is told`, (t) => {
    const found = told(t, more)
    assert.equal(found.length, 1, found.join('\n'))
    assert.match(found[0] ?? '', words)
  })
}
