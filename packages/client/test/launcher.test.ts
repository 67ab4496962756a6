import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { folderFor } from './openssl.ts'
import { scelProcess } from './run-scel.ts'

const run = promisify(execFile)
const LAUNCHER = fileURLToPath(new URL('../bin/scel.mjs', import.meta.url))

test('the process answers on standard output and by its exit code', async (t) => {
  const home = folderFor(t)
  const version = await scelProcess(['--version'], home)
  assert.deepEqual([version.exit, version.err], [0, ''])
  assert.match(version.out, /^\d+\.\d+\.\d+\n$/)
  const none = await scelProcess(['requests', '--json'], home)
  assert.equal(none.exit, 1)
  assert.equal(JSON.parse(none.out).error.code, 'no_desk')
  const piped = await scelProcess(['inspect', '-'], home, 'nothing')
  assert.deepEqual([piped.exit, piped.out], [1, ''])
})

test('the launcher runs under this Node', async () => {
  const { stdout } = await run(process.execPath, [LAUNCHER, '--version'])
  assert.match(stdout, /^\d+\.\d+\.\d+\n$/)
})

test('an older Node hands over to the one that npm installed, or says what is needed', async (t) => {
  const old = await run('/usr/bin/env', ['-i', '/bin/sh', '-c', 'command -v node || true'])
  const node = old.stdout.trim() || '/usr/bin/node'
  const version = await run(node, ['-p', 'process.versions.node']).catch(() => undefined)
  if (!version || Number(version.stdout.split('.')[0]) >= 26) return t.diagnostic('no older Node on this machine')
  assert.match((await run(node, [LAUNCHER, '--version'])).stdout, /^\d+\.\d+\.\d+\n$/)
  const alone = join(folderFor(t), 'bin')
  mkdirSync(alone)
  cpSync(LAUNCHER, join(alone, 'scel.mjs'))
  const failed = await run(node, [join(alone, 'scel.mjs')], { env: { LANG: 'fr_FR.UTF-8' } }).catch((error) => error)
  assert.equal(failed.code, 1)
  assert.match(failed.stderr, /il faut Node 26 ou plus récent/)
})
