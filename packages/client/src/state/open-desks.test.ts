import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openDesks } from './open-desks.ts'
import { makePaths } from './paths.ts'

test('what a run judges desks by is read once, whatever is written meanwhile', async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'scel-desks-'))
  t.after(() => rmSync(home, { recursive: true, force: true }))
  const paths = makePaths({ env: {}, platform: 'linux', home }, {})
  const desks = openDesks(paths)
  assert.deepEqual(await desks.records(), [])
  mkdirSync(paths.desks, { recursive: true })
  writeFileSync(paths.deskRecord('production-0123456789ab'), 'no record')
  assert.deepEqual(await desks.records(), [])
  await assert.rejects(openDesks(paths).records(), { code: 'record_malformed' })
})
