import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { refused } from '../../test/rules-desk.ts'
import { readProfiles } from './own-files.ts'

test('a profile in whose file something is said twice is refused by what it is: whoever reads the file sees one of them', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'scel-profiles-'))
  t.after(() => rm(folder, { recursive: true }))
  const read = async (text: string): Promise<unknown[]> => {
    await writeFile(join(folder, 'robot.json'), text)
    return readProfiles(folder)
  }
  const once = String.raw`{"name": "robot", "title": {"en": "a \"name\": {", "fr": "b"}, "keys": [{"en": 1}, {"en": 2}], "none": {}}`
  assert.deepEqual(await read(once), [JSON.parse(once)])
  for (const [field, text] of [
    ['name', '{"name": "robot", "family": "machine", "name": "other"}'],
    ['managers', String.raw`{"managers": false, "m\u0061nagers": true}`],
    ['fr', '{"title": {"fr": "a", "en": "b", "fr": "c"}}'],
  ] as const) {
    await assert.rejects(read(text), refused('profile_invalid', { profile: 'robot.json', field }))
  }
  await assert.rejects(read('{'), refused('profile_invalid', { profile: 'robot.json', field: 'JSON' }))
})
