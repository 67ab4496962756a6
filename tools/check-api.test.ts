import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { checkApi } from './check-api.ts'
import { publicFolders } from './declarations.ts'
import { tree } from './tree.ts'
import { apiPages } from './write-api.ts'

/** A library of one public folder, with the compiler of this one. */
function library(t: TestContext, code: string): string {
  const compilerOptions = { module: 'nodenext', target: 'esnext', types: [], allowImportingTsExtensions: true }
  const root = tree(t, {
    'packages/pki/package.json': JSON.stringify({
      ...{ name: '@scel/pki', type: 'module' },
      exports: { '.': './src/index.ts', './one': './src/one/index.ts' },
    }),
    'packages/pki/tsconfig.json': JSON.stringify({ compilerOptions: { ...compilerOptions, noEmit: true } }),
    'packages/pki/src/index.ts': "export { twice } from './one/index.ts'\n",
    'packages/pki/src/one/index.ts': "//\n// Numbers.\n\nexport { twice } from './twice.ts'\n",
    'packages/pki/src/one/twice.ts': code,
  })
  symlinkSync(fileURLToPath(new URL('../node_modules', import.meta.url)), join(root, 'node_modules'))
  return root
}

/** As `node tools/write-api.ts` does it. */
function writePages(root: string): void {
  mkdirSync(join(root, 'docs/api'), { recursive: true })
  for (const [name, text] of apiPages(publicFolders(root, 'pki'))) writeFileSync(join(root, 'docs/api', name), text)
}

const TWICE = 'export function twice(n: number): number {\n  return n * 2\n}\n'
const OUT_OF_DATE = 'docs/api is out of date: node tools/write-api.ts'

test('a public function without a sentence, or without an example, is named', (t) => {
  assert.deepEqual(checkApi(library(t, TWICE)), [
    '@scel/pki/one: twice has no doc comment',
    '@scel/pki/one: twice has no @example',
    OUT_OF_DATE,
  ])
  assert.deepEqual(checkApi(library(t, `/** As much again. */\n${TWICE}`)), [
    '@scel/pki/one: twice has no @example',
    OUT_OF_DATE,
  ])
})

test('pages are let through as long as they say what the code says', (t) => {
  const documented = `/**\n * As much again.\n * @example\n * assert.equal(twice(2), 4)\n */\n${TWICE}`
  const root = library(t, documented)
  assert.deepEqual(checkApi(root), [OUT_OF_DATE])
  writePages(root)
  assert.deepEqual(checkApi(root), [])
  writeFileSync(join(root, 'packages/pki/src/one/twice.ts'), documented.replace('As much', 'The same'))
  assert.deepEqual(checkApi(root), [OUT_OF_DATE])
})
