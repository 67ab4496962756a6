import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { type LogEntry, settledEntries } from '../../core/log/entries.ts'
import type { LoggedEvent } from '../../core/log/leaf.ts'
import { faultOf } from '../../core/log/line.ts'
import { proofOf } from './audit-rows.ts'
import { exportedLines, openExport } from './log-export.ts'

const NOW = new Date('2026-11-22T10:00:00.000Z')

async function lineOf(number: number, minutesAgo: number, name: string, place?: number): Promise<LogEntry> {
  const event: LoggedEvent = {
    ...{ number, environment: 'production', at: new Date(NOW.getTime() - minutesAgo * 60_000).toISOString() },
    ...{ action: 'request.rejected', outcome: 'done', facts: {} },
    ...{ actor: { kind: 'person', id: 'ada', name }, target: { kind: 'request', id: name } },
  }
  const { leaf, hash, salts } = await proofOf(event)
  const line = { event, leaf, hash: hash!, salts: JSON.parse(salts!) as object }
  return { kind: 'line', line: place === undefined ? line : { ...line, place } }
}

async function* each(entries: readonly LogEntry[]): AsyncGenerator<LogEntry> {
  yield* entries
}
const exported = async (entries: AsyncIterable<LogEntry>): Promise<string[]> => {
  const lines: string[] = []
  for await (const line of exportedLines(entries)) lines.push(line)
  return lines
}

test('an export acts on no terminal, and says what the log says', async (t) => {
  const name = 'Ada\u009b31m \u202eevE\u2069 \u007f\u2028\u{e0041} Élan'
  const entries = [await lineOf(1, 0, name, 0)]
  const lines = await exported(each(entries))
  for (const line of lines) assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  assert.match(lines[1]!, /Élan/)
  const folder = await mkdtemp(join(tmpdir(), 'scel-export-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'log.jsonl'), `${lines.join('\n')}\n`)
  const read: LogEntry[] = []
  for await (const entry of openExport(join(folder, 'log.jsonl'))) read.push(entry)
  assert.equal(read.length, 1)
  assert.ok(read[0]!.kind === 'line' && read[0]!.line.event.actor.name === name)
  assert.equal(await faultOf(read[0]!.line), undefined)
})

test('lines that were written just now and have no place yet are left for the next export', async () => {
  const all = [await lineOf(1, 1, 'placed', 0), await lineOf(2, 5, 'young'), await lineOf(3, 60, 'old')]
  const lines = await exported(settledEntries(each(all), NOW))
  assert.equal(lines.at(-1), '{"end":2}')
  assert.doesNotMatch(lines.join(), /young/)
})
