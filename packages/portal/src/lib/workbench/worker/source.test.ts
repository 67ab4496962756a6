import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accessTo, isOurZip } from '@scel/files/archives'
import { contentOf } from './source.ts'

const item = (path: string, text: string) => ({ path, file: new File([text], path.split('/').at(-1)!) })

async function zip(...items: ReturnType<typeof item>[]): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  for await (const bytes of contentOf(items, () => {}, new AbortController().signal)) parts.push(new Uint8Array(bytes))
  return new Blob(parts)
}

test('a folder, even of one file, becomes a zip that is known again, and its files are in it as they are', async () => {
  const one = await zip(item('folder/a.txt', 'a line that is not compressed '.repeat(40)))
  assert.equal(await isOurZip(accessTo(one)), true)
  assert.ok((await one.text()).includes('a line that is not compressed '.repeat(40)))
  assert.equal(await isOurZip(accessTo(await zip(item('a.txt', 'a'), item('b.txt', 'b')))), true)
})

test('a single file, and a zip of somebody else, are none of those', async () => {
  assert.equal(await isOurZip(accessTo(await zip(item('a.txt', 'scel sealed folder 1')))), false)
  const ours = new Uint8Array(await (await zip(item('a/b', 'b'))).arrayBuffer())
  assert.equal(await isOurZip(accessTo(new Blob([ours, 'x']))), false)
  assert.equal(await isOurZip(accessTo(new Blob([]))), false)
})
