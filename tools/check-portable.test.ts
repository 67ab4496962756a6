import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { checkPortable } from './check-portable.ts'
import { tree } from './tree.ts'

const verdict = (t: TestContext, file: string, text: string): string[] => checkPortable(tree(t, { [file]: text }))

test('Node’s modules and globals are refused where browsers read', (t) => {
  const file = 'packages/pki/src/bytes/hex.ts'
  const says = (what: string, line = ''): string[] => [`${file}${line}: ${what} exists in Node only`]
  assert.deepEqual(verdict(t, file, `import { x } from 'node:crypto'`), says('node:crypto'))
  assert.deepEqual(verdict(t, file, `import type { x } from 'fs'`), says('fs'))
  assert.deepEqual(verdict(t, file, `const a = 1\nconst b = Buffer.from(a)`), says('Buffer', ':2'))
  assert.deepEqual(verdict(t, file, `const a = process.env['HOME']`), says('process', ':1'))
  assert.deepEqual(verdict(t, file, `const a = require('x')`), says('require', ':1'))
})

test('the engine for Node, tests, the server, and mere words are let through', (t) => {
  const text = `import { x } from 'node:crypto'\nBuffer.from(x)`
  assert.deepEqual(verdict(t, 'packages/pki/src/crypto/engine.node.ts', text), [])
  assert.deepEqual(verdict(t, 'packages/pki/src/crypto/engine.node.keys.ts', text), [])
  assert.notDeepEqual(verdict(t, 'packages/pki/src/crypto/engine.web.keys.ts', text), [])
  assert.deepEqual(verdict(t, 'packages/pki/src/crypto/keys.test.ts', text), [])
  assert.deepEqual(verdict(t, 'packages/server/src/main.ts', text), [])
  const words = `// Buffer.from is slower\nconst says = 'the process is'\nself.process.x\ntype A = { process(): void }`
  assert.deepEqual(verdict(t, 'packages/pki/src/a.ts', words.replace('process()', 'work()')), [])
})
