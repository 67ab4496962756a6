import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { utf8 } from '@scel/pki/bytes'
import type { Outside } from '../../outside.ts'
import { Given } from '../input/given.ts'
import type { Shell } from '../input/shell.ts'
import { contentSink } from './content-sink.ts'

async function sinkIn(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'scel-sink-'))
  const before = process.env.TMPDIR
  process.env.TMPDIR = folder
  t.after(() => {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
    rmSync(folder, { recursive: true, force: true })
  })
  const stop = new AbortController()
  const written: string[] = []
  const outside: Partial<Outside> = {
    ...{ env: { TMPDIR: folder }, platform: process.platform, signal: stop.signal, now: () => new Date() },
    atExit: () => () => undefined,
    write: async (data) => void written.push(Buffer.from(data).toString()),
  }
  const shell = { outside, voice: { json: false } } as Shell
  const sink = (await contentSink(shell, new Given([], { out: '-' })))!
  await sink.write(utf8('not proven yet'))
  return { folder, sink, written, stop }
}

test('what goes to standard output lies in a file without a name until it is genuine: a killed run leaves nothing', {
  skip: process.platform === 'win32' && 'WINDOWS KEEPS THE NAMES OF OPEN FILES',
}, async (t) => {
  const { folder, sink, written } = await sinkIn(t)
  assert.deepEqual([readdirSync(folder), written], [[], []])
  await sink.commit()
  assert.deepEqual(written, ['not proven yet'])
  await sink.discard()
})

test('whoever stops the run gets nothing more of it', async (t) => {
  const { sink, written, stop } = await sinkIn(t)
  stop.abort()
  await assert.rejects(sink.commit(), { code: 'interrupted' })
  assert.deepEqual(written, [])
  await sink.discard()
})
