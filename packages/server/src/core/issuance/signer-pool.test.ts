import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refused } from '../../../test/rules-desk.ts'
import type { Signer } from './signer.port.ts'
import { createSignerPool } from './signer-pool.ts'

const [OURS, OTHERS] = [Uint8Array.of(1, 2, 3), Uint8Array.of(1, 2, 4)]

function scene() {
  const log: string[] = []
  const pool = createSignerPool({
    open: async (keyId) => {
      log.push(`open ${keyId}`)
      if (keyId === 'away') throw new Error('the key is away')
      return { keyId, key: { publicKey: OURS }, close: () => void log.push(`close ${keyId}`) } as unknown as Signer
    },
  })
  return { pool, log }
}

test('a key of daily work is opened once, and is the one that its authority has', async () => {
  const { pool, log } = scene()
  assert.equal(await pool.kept('a', OURS), await pool.kept('a'))
  await assert.rejects(pool.kept('a', OTHERS), refused('authority_unavailable', { purpose: 'a' }))
  assert.deepEqual(log, ['open a'])
  await assert.rejects(pool.kept('away'), /away/)
  await assert.rejects(pool.kept('away'), /away/)
  assert.deepEqual(log.slice(1), ['open away', 'open away'], 'what did not open is tried again')
  pool.close()
  await Promise.resolve()
  assert.ok(log.includes('close a'))
})

test('a key of ceremonies acts only as the one it has to be, and is closed whatever became of it', async () => {
  const { pool, log } = scene()
  assert.equal(await pool.once('root', OURS, async ({ keyId }) => keyId), 'root')
  const never = () => assert.fail('acted with another key')
  await assert.rejects(pool.once('root', OTHERS, never), refused('authority_unavailable', { purpose: 'root' }))
  await assert.rejects(
    pool.once('root', OURS, () => Promise.reject(new Error('no'))),
    /no/,
  )
  assert.deepEqual(log, ['open root', 'close root', 'open root', 'close root', 'open root', 'close root'])
})
