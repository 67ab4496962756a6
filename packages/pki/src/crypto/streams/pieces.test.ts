import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { concat } from '../../bytes/index.ts'
import { Pieces } from './pieces.ts'

const SIZE = 4
const content = Uint8Array.from({ length: 300 }, (_, i) => i & 0xff)

test('every octet is run once, in its place, in whole pieces until the end, whatever the cuts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 150 }), { maxLength: 6 }), async (cuts) => {
      const runs: number[] = []
      const pieces = new Pieces(SIZE, async (piece) => {
        runs.push(piece.length)
        return piece.slice()
      })
      const out: Uint8Array[] = []
      let read = 0
      for (const cut of cuts) {
        out.push(await pieces.push(content.subarray(read, read + cut)))
        read = Math.min(content.length, read + cut)
        assert.equal(concat(...out).length, read - pieces.held)
        assert.ok(pieces.held < SIZE)
      }
      const whole = runs.length
      out.push(await pieces.end())
      assert.deepEqual(concat(...out), content.subarray(0, read))
      assert.ok(runs.slice(0, whole).every((length) => length % SIZE === 0 && length <= 16 * SIZE))
      assert.deepEqual(runs.slice(whole), read % SIZE === 0 ? [] : [read % SIZE])
    }),
    { numRuns: 200 },
  )
})

test('what nothing waits before is run where it stands, several pieces at once', async () => {
  const runs: Uint8Array[] = []
  const pieces = new Pieces(SIZE, async (piece) => {
    runs.push(piece)
    return piece
  })
  await pieces.push(content.subarray(0, 3 * SIZE + 1))
  await pieces.push(content.subarray(3 * SIZE + 1, 6 * SIZE))
  assert.deepEqual(
    runs.map(({ length, buffer }) => [length, buffer === content.buffer]),
    [
      [3 * SIZE, true],
      [SIZE, false],
      [2 * SIZE, true],
    ],
  )
})
