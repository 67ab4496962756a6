import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { checkImports } from './check-imports.ts'
import { tree } from './tree.ts'

const manifest = (name: string, rest: object = {}): string => JSON.stringify({ name: `@scel/${name}`, ...rest })
const PROJECT = {
  'package.json': JSON.stringify({ devDependencies: { 'fast-check': '4' } }),
  'packages/pki/package.json': manifest('pki', { exports: { '.': '', './x509': '' } }),
  'packages/server/package.json': manifest('server', {
    exports: { './testing': '' },
    dependencies: { '@scel/pki': '1', fastify: '5' },
    devDependencies: { vite: '8' },
  }),
}
const verdict = (t: TestContext, file: string, target: string): string[] =>
  checkImports(tree(t, { ...PROJECT, [file]: `import { x } from '${target}'\n` }))

const ALLOWED: readonly [string, string][] = [
  ['packages/server/src/a.ts', 'fastify'],
  ['packages/server/src/a.ts', 'fastify/types/request.js'],
  ['packages/server/src/a.ts', '@scel/pki/x509'],
  ['packages/server/src/a.ts', '@scel/pki'],
  ['packages/server/src/a.ts', 'node:fs'],
  ['packages/server/src/deep/a.ts', '../../test/b.ts'],
  ['packages/server/src/a.test.ts', 'fast-check'],
  ['packages/server/vite.config.ts', 'vite'],
  ['packages/pki/test/a.ts', '@scel/server/testing'],
  ['tools/a.ts', '@scel/pki'],
  ['packages/pki/src/crypto/a.ts', '#engine'],
  ['packages/server/src/testing/a.ts', 'node:module'],
]
for (const [file, target] of ALLOWED) {
  test(`${file} may import ${target}`, (t) => assert.deepEqual(verdict(t, file, target), []))
}

const REFUSED: readonly [string, string, RegExp][] = [
  ['packages/server/src/a.ts', '../../pki/src/index.ts', /leaves packages\/server/],
  ['packages/server/src/a.ts', 'kysely', /kysely is not declared/],
  ['packages/server/src/a.ts', '@mantine/core/styles.css', /@mantine\/core is not declared/],
  ['packages/server/src/a.ts', 'fast-check', /fast-check is not declared/],
  ['packages/server/src/a.ts', 'vite', /vite is not declared/],
  ['packages/server/src/a.ts', '@scel/contract', /@scel\/contract is not declared/],
  ['packages/server/src/a.ts', '@scel/pki/src/index.ts', /does not export/],
  ['packages/pki/src/a.ts', '@scel/server/testing', /not declared/],
  ['packages/pki/src/a.test.ts', '@scel/server/store', /does not export/],
  ['tools/a.ts', '../packages/pki/src/index.ts', /leaves tools/],
  ['packages/pki/src/x509/a.ts', '#engine', /#engine is for packages\/pki\/src\/crypto/],
  ['packages/server/src/a.ts', '#engine', /#engine is for packages\/pki/],
  ['packages/pki/src/a.ts', '#other', /#other is for nobody/],
  ['packages/server/src/a.ts', 'node:module', /node:module is for tests/],
]
for (const [file, target, words] of REFUSED) {
  test(`${file} may not import ${target}`, (t) => {
    const found = verdict(t, file, target)
    assert.equal(found.length, 1)
    assert.match(found[0] ?? '', words)
  })
}

test('what is computed is refused, but to tests; so is another package’s file for a worker', (t) => {
  const told = (file: string, text: string) => checkImports(tree(t, { ...PROJECT, [file]: text }))
  const worker = `new Worker(new URL('../../pki/src/a.ts', import.meta.url))`
  assert.match(told('packages/server/src/a.ts', 'await import(name)').join(), /only running it would tell/)
  assert.deepEqual(told('packages/server/test/a.ts', 'await import(name)'), [])
  assert.match(told('packages/server/src/a.ts', worker).join(), /leaves packages\/server/)
  assert.deepEqual(told('packages/server/src/a.test.ts', worker), [])
})

test('a package may not declare one above it, nor the library anything', (t) => {
  const files = {
    ...PROJECT,
    'packages/pki/package.json': manifest('pki', { dependencies: { '@scel/contract': '1', typebox: '1' } }),
    'packages/drawer/package.json': manifest('drawer'),
  }
  assert.deepEqual(checkImports(tree(t, files)), [
    'packages/drawer has no place in tools/check-imports.ts: give it one',
    'packages/pki/package.json: pki may not depend on @scel/contract',
    'packages/pki/package.json: pki may not depend on typebox',
  ])
})
