import assert from 'node:assert/strict'
import { test } from 'node:test'
import { utf8 } from '@scel/pki/bytes'
import { failedOf } from '../failure.ts'
import { keepContent } from './inside.ts'
import { memoryPlace } from './place.ts'
import { contentOf } from './source.ts'

const item = (path: string) => ({ path, file: new File(['x'], path.split('/').at(-1)!) })

async function zip(...paths: string[]): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const bytes of contentOf(paths.map(item), () => {}, new AbortController().signal)) parts.push(bytes)
  return Buffer.concat(parts)
}

async function kept(bytes: Uint8Array) {
  const place = memoryPlace({ name: 'x.zip', type: 'application/octet-stream' })
  await place.write(bytes)
  return (await keepContent(place)).archive
}

test('of an archive that sealing made the page hears how many files are in it, and of anything else nothing', async () => {
  assert.deepEqual(await kept(await zip('a/b.txt', 'a/c.txt')), { files: 2 })
  assert.equal(await kept(utf8('no archive')), undefined)
})

test('an archive that the command would not unpack is kept, with the reason', async () => {
  const whole = await zip('a/bb', 'a/c')
  // The same length, everywhere: a name that climbs out of its folder.
  const climbing = Buffer.from(whole.toString('latin1').replaceAll('a/bb', '../b'), 'latin1')
  const refused = { code: 'archive-refused', facts: { reason: 'name', name: '../b' }, of: 'page' }
  assert.deepEqual(await kept(climbing), { refused })
})

test('a name that no archive can carry stops the making of it, and the page is told which', async () => {
  await assert.rejects(zip('a/good.txt', 'a/invoice\u202efdp.exe'), (error) => {
    assert.deepEqual(failedOf(error), {
      code: 'name-unfit',
      facts: { reason: 'letters', name: 'a/invoice\u202efdp.exe' },
      of: 'page',
    })
    return true
  })
})
