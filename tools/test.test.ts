import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { summary } from './tally.ts'
import { tree } from './tree.ts'

const HEAD = `import { test, describe } from 'node:test'\n`
const FILES: Readonly<Record<string, string>> = {
  good: `${HEAD}test('a', () => { console.log('7 passed, 0 failed, 0 skipped') })\ndescribe('s', () => { test('b', () => {}) })`,
  bad: `${HEAD}test('outer', async (t) => { await t.test('inner', () => { throw new Error('broken here') }) })`,
  loud: `${HEAD}test('needs a browser', (t) => t.skip('CHROMIUM IS MISSING'))`,
  crash: `throw new Error('at import')`,
  exits: `${HEAD}test('a', () => {})\ntest('b', () => process.exit(0))\ntest('c', () => {})`,
  late: `${HEAD}test('a', () => { setTimeout(() => { throw new Error('afterwards') }, 20) })\ntest('b', () => {})`,
  unawaited: `${HEAD}test('a', async () => {
    void (async () => { await null; throw new Error('nobody waits') })()
    await new Promise((resolve) => setTimeout(resolve, 50))
  })\ntest('b', () => {})`,
  empty: `export const nothing = 1`,
  suite: `${HEAD}test('judged', (t) => t.diagnostic('suite NIST: 247 agree, 2 excused, 0 differ'))`,
  busy: `${HEAD}import { spawnSync } from 'node:child_process'
    const busy = 'const { user } = process.cpuUsage(); while (process.cpuUsage().user < user + 1e6);'
    test('a', () => { spawnSync(process.execPath, ['-e', busy]) })`,
  stubborn: `${HEAD}import { writeFileSync } from 'node:fs'
    process.on('SIGTERM', () => {})
    writeFileSync(import.meta.dirname + '/pid', String(process.pid))
    test('a', () => { for (;;); })`,
  todo: `${HEAD}test('one day', { ${'to'}do: true }, () => {})`,
}

const url = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href)
const SCRIPT = `import { summary } from ${url('./tally.ts')}
import { testAll } from ${url('./test.ts')}
const requireAll = process.env.SCEL_REQUIRE_ALL === '1'
const patience = process.env.PATIENCE ? { patienceMinutes: Number(process.env.PATIENCE) } : {}
const options = { root: import.meta.dirname, words: ['packages'], requireAll, print: console.log, ...patience }
const tally = await testAll(options)
for (const line of summary(tally)) console.log(line)`

/** Runs the test command over a project with the named files; with a word, because the checks are not asked here. */
function runOver(t: TestContext, names: readonly string[], environment: Record<string, string> = {}) {
  const files = names.map((name) => [`packages/x/${name}.test.ts`, FILES[name] ?? ''])
  const root = tree(t, { ...Object.fromEntries(files), 'run.mjs': SCRIPT })
  // A test run inside a test is refused by node:test, unless it does not know.
  const { NODE_TEST_CONTEXT: _, ...clean } = process.env
  const env = { ...clean, SCEL_REQUIRE_ALL: '0', ...environment }
  const { stdout } = spawnSync(process.execPath, [join(root, 'run.mjs')], { encoding: 'utf8', env })
  const counts = stdout.match(/^\d+ passed, \d+ failed, \d+ skipped$/gm) ?? []
  return { root, stdout, last: stdout.trimEnd().split('\n').at(-1) ?? '', counts }
}

test('passing files are counted, and what they print is not taken for the count', (t) => {
  const { last, counts } = runOver(t, ['good'])
  assert.equal(last, '2 passed, 0 failed, 0 skipped')
  assert.equal(counts.length, 1)
})

test('of each file it is said what it took, with the processor time of what it started', (t) => {
  const { stdout } = runOver(t, ['good', 'busy'])
  const took = (file: string): number =>
    Number(
      new RegExp(`x/${file}\\.test\\.ts {2}\\(\\d tests?, [\\d.]+ s, ([\\d.]+) s of processor\\)`).exec(stdout)?.[1],
    )
  assert.ok(took('good') > 0, stdout)
  assert.ok(took('busy') > took('good') + 0.5, stdout)
})

test('a file that does not end is ended, also where it does not hear', (t) => {
  const { last, root } = runOver(t, ['good', 'stubborn'], { PATIENCE: '0.05' })
  assert.equal(last, '2 passed, 1 failed, 0 skipped')
  const pid = Number(readFileSync(join(root, 'packages/x/pid'), 'utf8'))
  assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' })
})

test('a failing subtest counts once and is shown with its reason', (t) => {
  const { last, stdout } = runOver(t, ['good', 'bad'])
  assert.equal(last, '2 passed, 1 failed, 0 skipped')
  assert.match(stdout, /outer › inner\n\s+Error: broken here/)
  assert.match(stdout, /^FAILED {3}packages\/x\/bad\.test\.ts: outer › inner$/m)
})

test('a skip is loud, and a failure when everything is required', (t) => {
  const { last, stdout } = runOver(t, ['loud'])
  assert.equal(last, '0 passed, 0 failed, 1 skipped')
  assert.match(stdout, /^SKIPPED {2}packages\/x\/loud\.test\.ts: needs a browser: CHROMIUM IS MISSING$/m)
  assert.equal(runOver(t, ['loud'], { SCEL_REQUIRE_ALL: '1' }).last, '0 passed, 1 failed, 0 skipped')
})

for (const name of ['crash', 'exits', 'late', 'unawaited', 'empty', 'todo']) {
  test(`a file that does this counts as a failure: ${name}`, (t) => {
    const { last, stdout } = runOver(t, [name])
    assert.match(last, /^\d passed, 1 failed, 0 skipped$/, stdout)
  })
}

test('when nothing was skipped or failed, the count stands alone', () => {
  assert.deepEqual(summary({ passed: 3, failed: [], skipped: [], suites: [] }), ['', '3 passed, 0 failed, 0 skipped'])
})

test('what a test says of its suite stands in a table before the count', (t) => {
  const { stdout, last } = runOver(t, ['good', 'suite'])
  assert.match(stdout, /^suites of others +agree +excused +differ\nNIST +247 +2 +0\ntotal +247 +2 +0$/m)
  assert.equal(last, '3 passed, 0 failed, 0 skipped')
})
