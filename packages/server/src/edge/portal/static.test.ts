import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { pino } from 'pino'
import { realWorld } from '../../core/world.ts'
import { isShared } from '../http/connections/shared.ts'
import { frame } from '../http/door/frame.ts'
import { addPortal } from './static.ts'

test('H1: a file of the portal is in memory once, whoever asks for it and however it is called', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'scel-portal-'))
  t.after(() => rmSync(folder, { recursive: true }))
  await mkdir(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), 'i'.repeat(100_000))
  writeFileSync(join(folder, 'assets', 'large-Ab_c-1.js'), 'x'.repeat(100_000))
  const log = pino({ level: 'silent' })
  const door = await frame('test', { log, requestsPerMinute: 1_000, world: realWorld, watch: () => {} })
  await addPortal(door, folder)
  const sent: unknown[] = []
  door.addHook('onSend', async (_request, _reply, content) => void sent.push(content))
  for (const url of ['/assets/large-Ab_c-1.js', '/assets/large-Ab_c-1.js?again']) {
    assert.equal((await door.inject({ url })).statusCode, 200)
  }
  for (const url of ['/', '/index.html', '/requests/12', '/?x=1']) {
    const { statusCode, body } = await door.inject({ url, headers: { accept: 'text/html' } })
    assert.deepEqual([statusCode, body.length], [200, 100_000], url)
  }
  const memory = sent.map((content) => {
    assert.ok(content instanceof Uint8Array && isShared(content))
    return content.buffer
  })
  assert.equal(new Set(memory).size, 2)
  const { headers, body } = await door.inject({ url: '/assets/large-Ab_c-1.js', method: 'HEAD' })
  assert.deepEqual([headers['content-length'], body], ['100000', ''])
})
