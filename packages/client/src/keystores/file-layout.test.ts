import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { folderFor } from '@scel/testkit/peers'
import { partName, thisProcess } from '../state/part-name.ts'
import { keyFolder, readCurrent, writeCurrent } from './file-layout.ts'

const linux = { skip: process.platform === 'win32' && 'links are for administrators' }

test('a link that a killed run left goes at the next run, and what it leads to stays', linux, async (t) => {
  const folder = folderFor(t)
  const [before, now] = ['0123456789abcdef', 'fedcba9876543210']
  for (const key of [before, now]) {
    await mkdir(join(folder, key))
    await writeFile(join(folder, key, 'key.pem'), 'a key')
  }
  const { pid } = spawnSync(process.execPath, ['-e', ''])
  await symlink(before, join(folder, partName('current', { ...thisProcess(), pid, start: '5' })))
  await writeCurrent(folder, now, 'linux')
  assert.deepEqual((await readdir(folder)).sort(), [before, 'current', now].sort())
  assert.equal(await readCurrent(folder, 'linux'), now)
  assert.deepEqual(await readdir(join(folder, before)), ['key.pem'])
})

test('what is no key id names no folder, of a desk or of none', () => {
  for (const holder of [undefined, { desk: 'production-0123456789ab', name: 'ws' }])
    for (const key of ['', '..', '0123456789abcde', '0123456789ABCDEF'])
      assert.throws(() => keyFolder('store', holder, key), RangeError)
})
