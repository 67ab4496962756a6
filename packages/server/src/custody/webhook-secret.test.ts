import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import { readWebhookSecret } from './webhook-secret.ts'

test('a secret is whsec_ and 24 to 64 bytes in base64, and nothing that is cut or something else', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'scel-secret-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'secret')
  const read = (text: string) => {
    writeFileSync(file, text, { mode: 0o600 })
    return readWebhookSecret(file)
  }
  const of = (length: number): string => `whsec_${Buffer.alloc(length, 7).toString('base64')}`
  for (const length of [24, 25, 32, 64]) assert.deepEqual(await read(`${of(length)}\n`), new Uint8Array(length).fill(7))
  for (const text of ['', 'whsec_', of(23), of(65), of(32).slice(6), of(32).slice(0, -1), `${of(32)} ${of(32)}`])
    await assert.rejects(read(text), (error) => hasDeskCode(error, 'webhook_secret_malformed'), text)
  await read(of(32))
  chmodSync(file, 0o644)
  await assert.rejects(readWebhookSecret(file), (error) => hasDeskCode(error, 'passphrase_file_exposed'))
})
