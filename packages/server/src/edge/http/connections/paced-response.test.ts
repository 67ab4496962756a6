import assert from 'node:assert/strict'
import { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import type { KeptOctets } from './kept-octets.ts'
import { PIECE, pacedBy } from './paced-response.ts'
import { shared } from './shared.ts'

/** An answer to somebody who reads when the test says so, and what is kept for them. */
function answering({ reads = true } = {}) {
  const asked: number[] = []
  const told = { moved: 0, ended: 0 }
  const unread = {
    keep: (socket: unknown, bytes: number) => {
      assert.ok(socket, 'nothing is kept for nobody')
      asked.push(bytes)
      return { moved: () => void told.moved++, grown: () => {}, end: () => void told.ended++ }
    },
  } as unknown as KeptOctets
  let waiting: ((error?: Error) => void) | undefined
  let taken = 0
  const socket = new Duplex({
    read: () => {},
    write: (chunk: Buffer, _, done) => {
      taken += chunk.length
      if (reads) done()
      else waiting = done
    },
    writev: (chunks, done) => {
      for (const { chunk } of chunks) taken += (chunk as Buffer).length
      if (reads) done()
      else waiting = done
    },
  }) as unknown as Socket
  socket.on('error', () => {})
  const Response = pacedBy(unread)
  const answer = new Response(new IncomingMessage(socket))
  /** What has left is read, by somebody who waits with it, or breaks off. */
  const read = async (error?: Error): Promise<void> => {
    const done = waiting
    waiting = undefined
    done?.(error)
    await turn()
  }
  return {
    answer,
    another: () => new Response(new IncomingMessage(socket)),
    socket,
    asked,
    told,
    read,
    taken: () => taken,
  }
}

const octets = (length: number): Buffer => Buffer.alloc(length, 'x')

test('an answer of one piece that is read at once is not kept, and one that is not is, with its head', async () => {
  for (const content of ['here', octets(1), octets(PIECE)]) {
    const one = answering()
    one.answer.assignSocket(one.socket)
    one.answer.end(content)
    await turn()
    assert.deepEqual(one.asked, [])
    assert.ok(one.taken() > content.length)

    const other = answering({ reads: false })
    other.answer.assignSocket(other.socket)
    other.answer.end(content)
    assert.equal(other.asked.length, 1)
    assert.ok(other.asked[0]! > content.length)
  }
})

test('a longer answer leaves a piece at a time, each when the one before has left; what all share is kept as one piece', async () => {
  for (const [content, kept] of [
    [octets(2 * PIECE), 2 * PIECE],
    [octets(2 * PIECE + 1), 2 * PIECE + 1],
    ['x'.repeat(PIECE + 1), PIECE + 1],
    [shared(octets(3 * PIECE)), PIECE],
  ] as const) {
    const { answer, socket, asked, told, read, taken } = answering({ reads: false })
    answer.assignSocket(socket)
    answer.end(content)
    assert.deepEqual(asked, [kept])
    let before = 0
    for (let at = 0; at < content.length; at += PIECE) {
      assert.ok(taken() - before <= PIECE + 500, `${taken() - before} octets at once`)
      before = taken()
      while (taken() === before && !answer.writableFinished) await read()
    }
    while (!answer.writableFinished) await read()
    assert.equal(told.moved, Math.ceil(content.length / PIECE) - 1)
    assert.ok(taken() > content.length)
  }
})

test('an answer without content, or to nobody any more, is kept for nobody', () => {
  const empty = answering({ reads: false })
  empty.answer.assignSocket(empty.socket)
  empty.answer.end()
  const nobody = answering()
  for (const content of ['here', octets(3 * PIECE)]) nobody.another().end(content)
  assert.deepEqual([empty.asked, nobody.asked], [[], []])
})

test('of an answer whose connection is gone nothing more is written, nothing has moved, and nothing fails', async () => {
  const midst = answering({ reads: false })
  midst.answer.assignSocket(midst.socket)
  midst.answer.end(octets(3 * PIECE))
  const taken = midst.taken()
  midst.socket.destroy()
  await midst.read(new Error('gone'))
  assert.deepEqual([midst.taken(), midst.told.moved], [taken, 0])

  const before = answering()
  before.answer.assignSocket(before.socket)
  before.answer.destroy()
  before.answer.end(octets(3 * PIECE))
  await turn()
  assert.deepEqual([before.taken(), before.told.moved], [0, 0])
})
