import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { inParts } from '@scel/testkit/scenes'
import { compressedData } from '../../../test/sealed-parts.ts'
import { open } from '../../../test/sealing.ts'
import { equal } from '../../bytes/index.ts'
import { randomBytes } from '../../crypto/index.ts'
import type { OpenOptions } from '../index.ts'
import { openContent } from '../index.ts'

const CONTENT = randomBytes(300_000)
const packed = compressedData(deflateSync(CONTENT))
const options: OpenOptions = { decompress: { limit: CONTENT.length } }
const dropped = { write: async (): Promise<void> => undefined }

test('the platform is given little at a time, since what it makes of one piece nobody can stop', async (t) => {
  const sizes: number[] = []
  const Platform = globalThis.DecompressionStream
  class Watched {
    readonly readable: ReadableStream<Uint8Array>
    readonly writable: WritableStream<Uint8Array<ArrayBuffer>>
    constructor(format: CompressionFormat) {
      const { readable, writable } = new Platform(format)
      const writer = writable.getWriter()
      this.readable = readable
      this.writable = new WritableStream({
        write(bytes) {
          sizes.push(bytes.length)
          return writer.write(bytes)
        },
        close: () => writer.close(),
      })
    }
  }
  t.mock.property(globalThis, 'DecompressionStream', Watched as unknown as typeof Platform)
  const { content } = await open(packed, options, packed.length)
  assert.ok(equal(content, CONTENT))
  assert.ok(sizes.length > 1)
  assert.ok(Math.max(...sizes) <= 16 * 1024, `${Math.max(...sizes)}`)
})

test('what ends it is told as it is: a full disk, a source that fails, a signal', async () => {
  const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' })
  await assert.rejects(openContent(inParts(packed), options, { write: async () => Promise.reject(full) }), full)
  const broken = Object.assign(new TypeError('read'), { code: 'EIO' })
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield* inParts(packed.subarray(0, 100_000))
    throw broken
  }
  await assert.rejects(openContent(failing(), options, dropped), broken)
  const given = new AbortController()
  const signal = given.signal
  async function* stopped(): AsyncGenerator<Uint8Array> {
    yield packed.subarray(0, 100_000)
    given.abort()
    yield packed.subarray(100_000)
  }
  await assert.rejects(openContent(stopped(), { ...options, signal }, dropped), { name: 'AbortError' })
})

test('a limit that is passed lets go of the source, however much would follow', async () => {
  const much = compressedData(deflateSync(randomBytes(4 * 1024 * 1024)))
  let [released, seen] = [false, 0]
  async function* watched(): AsyncGenerator<Uint8Array> {
    try {
      for await (const part of inParts(much)) {
        seen += part.length
        yield part
      }
    } finally {
      released = true
    }
  }
  await assert.rejects(openContent(watched(), options, dropped), { code: 'input_too_large' })
  assert.deepEqual([released, seen < much.length / 2], [true, true])
})
