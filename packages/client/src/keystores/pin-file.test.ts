import assert from 'node:assert/strict'
import { chmod, chown, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { folderFor } from '@scel/testkit/peers'
import { readPin } from './pin-file.ts'

test('a PIN is read from a file that is its reader’s alone, without its line end', async (t) => {
  const file = join(folderFor(t), 'pin')
  await writeFile(file, '1234\r\n', { mode: 0o600 })
  assert.equal((await readPin(file)).toString(), '1234')
  await assert.rejects(readPin(`${file}.none`), { code: 'ENOENT' })
  if (process.platform === 'win32') return t.skip('no such modes')
  for (const mode of [0o640, 0o604, 0o620]) {
    await chmod(file, mode)
    await assert.rejects(readPin(file), { code: 'pin_file_exposed', facts: { file, mode: `0${mode.toString(8)}` } })
  }
})

test('a PIN file of another user is refused, whatever its mode: its owner gives it any mode', async (t) => {
  if (process.getuid?.() !== 0) return t.skip('only root gives files away')
  const file = join(folderFor(t), 'pin')
  await writeFile(file, '1234', { mode: 0o600 })
  await chown(file, 1000, 0)
  for (const mode of [0o600, 0o400, 0o440]) {
    await chmod(file, mode)
    await assert.rejects(readPin(file), { code: 'pin_file_foreign', facts: { file, owner: '1000' } })
  }
})
