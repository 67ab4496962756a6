import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { tree } from './tree.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Lines of the file that the rule refuses. */
function refused(t: TestContext, file: string, text: string): number[] {
  const config = JSON.stringify({
    plugins: [join(ROOT, 'tools/no-spread.grit')],
    linter: { rules: { preset: 'none' } },
  })
  const root = tree(t, { 'biome.json': config, [file]: text })
  const biome = join(ROOT, 'node_modules/@biomejs/biome/bin/biome')
  const { stdout } = spawnSync(process.execPath, [biome, 'lint', '--colors=off', '--reporter=json', file], {
    cwd: root,
    encoding: 'utf8',
  })
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { location: { start: { line: number } } }[] }
  return diagnostics.map(({ location }) => location.start.line).sort()
}

const SPREADS = [
  'concat(...parts)',
  'Math.max(...bits)',
  'found.push(1, ...more)',
  'String.fromCharCode(...units)',
  'const all = [f(...parts)]',
  'sequence(...(wanted ? [a] : []))',
  'const f = (...all: number[]) => g(...all.map((one) => h(one)))',
]
const LISTS = [
  'concat(parts)',
  'const all = [...some, ...more]',
  'f([...some], { ...wishes })',
  'const f = (...all: number[]) => all.length',
  'f(() => [...some])',
]

test('a list that is spread into a call of the library is refused, whatever the call', (t) => {
  assert.deepEqual(
    refused(t, 'packages/pki/src/a.ts', SPREADS.join('\n')),
    SPREADS.map((_, i) => i + 1),
  )
})

test('lists in lists, options in options, functions of any number of arguments, tests and other packages are not', (t) => {
  assert.deepEqual(refused(t, 'packages/pki/src/a.ts', LISTS.join('\n')), [])
  assert.deepEqual(refused(t, 'packages/pki/src/a.test.ts', SPREADS.join('\n')), [])
  assert.deepEqual(refused(t, 'packages/portal/src/a.ts', SPREADS.join('\n')), [])
})
