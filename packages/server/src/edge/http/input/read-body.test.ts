import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { hasDeskCode } from '@scel/contract/errors'
import { readBody } from './read-body.ts'

const LIMIT = 3_000
type Call = Parameters<typeof readBody>[0]

/** What comes of a body in these pieces, whether the call says how long it is or not. */
async function read(pieces: readonly number[], told?: number): Promise<number> {
  const payload = new PassThrough()
  const headers = told === undefined ? {} : { 'content-length': String(told) }
  const reading = readBody({ headers, routeOptions: { bodyLimit: LIMIT } } as Call, payload)
  for (const length of pieces) payload.write(Buffer.alloc(length, 'x'))
  payload.end()
  const body = await reading
  assert.ok(body.every((octet) => octet === 0x78))
  return body.length
}

const tooLarge = (error: unknown): boolean => hasDeskCode(error, 'body_too_large')

test('a body may have as many octets as its limit, told or not, in however many pieces', async () => {
  assert.equal(await read([LIMIT], LIMIT), LIMIT)
  for (const pieces of [[LIMIT], [1_024, 1_024, 952], [1, 1_023, 1_976], Array<number>(LIMIT).fill(1), []]) {
    assert.equal(
      await read(pieces),
      pieces.reduce((sum, one) => sum + one, 0),
    )
  }
})

test('a body of one octet more is refused: unread where the call says so, and at that octet where it does not', async () => {
  await assert.rejects(read([], LIMIT + 1), tooLarge)
  await assert.rejects(read([LIMIT, 1]), tooLarge)
  await assert.rejects(read([LIMIT + 1]), tooLarge)
})
