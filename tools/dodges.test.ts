import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkImports } from './check-imports.ts'
import { checkLayers } from './check-layers.ts'
import { checkStores } from './check-stores.ts'
import { tree } from './tree.ts'

// Ways around the checks that were tried on purpose, and passed while code was read with patterns. What Node’s globals are to browsers’
// code is the compiler’s to say: portable.test.ts.

const RULE = 'packages/server/src/core/profiles/profile.ts'
const LIBRARY = 'packages/pki/src/x509/name.ts'
const PROJECT = {
  'package.json': '{}',
  'packages/pki/package.json': '{ "name": "@scel/pki" }',
  'packages/server/package.json': '{ "name": "@scel/server" }',
  'packages/server/src/core/work.ts': [
    "import type { RequestReader, RequestStore } from './registration/request.port.ts'",
    'export interface Readers { readonly requests: RequestReader }',
    'export interface Stores extends Readers { readonly requests: RequestStore }',
  ].join('\n'),
  'packages/server/src/core/registration/request.port.ts':
    'export interface RequestReader { find(): void }\nexport interface RequestStore extends RequestReader { update(): void }',
}

const DODGES: Readonly<Record<string, readonly [file: string, text: string, words: RegExp]>> = {
  'an apostrophe in a comment among the names': [
    RULE,
    "import {\n  // the store's own rows\n  requestStore,\n} from '../../store/requests/request-store.ts'",
    /core may not import store/,
  ],
  'a template as the name': [RULE, 'await import(`../../store/open.ts`)', /core may not import store/],
  'a comment in the call': [RULE, "await import(/* x */ '../../store/open.ts')", /core may not import store/],
  'a require of its own': [
    RULE,
    "import { createRequire } from 'node:module'\ncreateRequire(import.meta.url)('../../store/open.ts')",
    /node:module is for tests and tools alone[\s\S]*only running it would tell/,
  ],
  'a require without an import': [
    RULE,
    "process.getBuiltinModule('module').createRequire(place)('../../store/open.ts')",
    /only running it would tell/,
  ],
  'a worker': [RULE, "new Worker(new URL('../../store/open.ts', import.meta.url))", /core may not import store/],
  'a worker of another package': [
    RULE,
    "new Worker(new URL('../../../../client/src/main.ts', import.meta.url))",
    /leaves packages\/server/,
  ],
  'the second of two types on a line': [
    RULE,
    "type A = [import('../world.ts').World, import('../../store/open.ts').Open]",
    /core may not import store/,
  ],
  'what is no import at all': [
    RULE,
    'work.transaction((stores) => stores.requests.update())',
    /only registration writes to requests/,
  ],
  'a private name': [LIBRARY, "import { engine } from '#engine'", /#engine is for packages\/pki\/src\/crypto/],
  'a comment before the statement': [
    RULE,
    "/** x */ import { a } from '../../store/open.ts'",
    /core may not import store/,
  ],
  'a statement before the statement': [
    RULE,
    "const z = 1; import { a } from '../../store/open.ts'",
    /core may not import store/,
  ],
}
for (const [what, [file, text, words]] of Object.entries(DODGES)) {
  test(`a breach is seen through ${what}`, (t) => {
    const told = (more: Readonly<Record<string, string>>) => {
      const root = tree(t, { ...PROJECT, ...more })
      return [...checkLayers(root), ...checkImports(root), ...checkStores(root)].filter((one) => one.includes(file))
    }
    assert.deepEqual(told({}), [])
    assert.match(told({ [file]: text }).join('\n'), words)
  })
}
