import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { bundlePrograms } from './bundle-programs.ts'
import { tree } from './tree.ts'

const MAIN = `import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import pg from 'pg'
import Type from 'typebox'
import { word } from './word.ts'
const beside = readFileSync(new URL('./beside.txt', import.meta.url), 'utf8')
console.log(word, beside, typeof sql, typeof pg.Client, Type.String().type)`
const word = (said: string): string => `export const word: string = '${said}'`

/** A project with a desk of a few lines, an empty folder, and what its desk says to whoever starts it as tests do. */
function project(t: TestContext) {
  const root = tree(t, {
    'packages/server/package.json': '{ "type": "module" }',
    'packages/server/src/main.ts': MAIN,
    'packages/server/src/word.ts': word('first'),
    'packages/server/src/beside.txt': 'beside',
  })
  symlinkSync(fileURLToPath(new URL('../node_modules', import.meta.url)), join(root, 'node_modules'), 'junction')
  const folder = tree(t, {})
  const preloaded = new URL('./bundled.mjs', import.meta.url)
  preloaded.searchParams.set('in', folder)
  const says = (): string => {
    const args = ['--import', preloaded.href, join(root, 'packages/server/src/main.ts')]
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    return `${stdout}${stderr}`
  }
  return { root, folder, says }
}

test('a program is read in one file, as it was when the tests began, and finds what is beside it', async (t) => {
  const { root, folder, says } = project(t)
  await bundlePrograms(root, folder)
  writeFileSync(join(root, 'packages/server/src/word.ts'), word('second'))
  assert.equal(says(), 'first beside function function string\n')
})

test('until it is in one file, a program is read from where it is', (t) => {
  const { root, says } = project(t)
  assert.equal(says(), 'first beside function function string\n')
  writeFileSync(join(root, 'packages/server/src/word.ts'), word('second'))
  assert.equal(says(), 'second beside function function string\n')
})

test('of what is ours nothing is read a second time, however it is asked for', async (t) => {
  const { root, folder, says } = project(t)
  const json = { type: 'module', imports: { '#word': './src/word.ts' } }
  writeFileSync(join(root, 'packages/server/package.json'), JSON.stringify(json))
  const main = `import '#word'\nawait import('./word.ts')\nconsole.log(globalThis.read)`
  writeFileSync(join(root, 'packages/server/src/main.ts'), main)
  writeFileSync(join(root, 'packages/server/src/word.ts'), 'globalThis.read = (globalThis.read ?? 0) + 1')
  await bundlePrograms(root, folder)
  assert.equal(says(), '1\n')
})

test('of a project without programs nothing is written', async (t) => {
  const folder = tree(t, {})
  await bundlePrograms(tree(t, { 'packages/x/x.ts': '' }), folder)
  assert.deepEqual(readdirSync(folder), [])
})
