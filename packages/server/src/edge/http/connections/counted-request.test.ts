import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { test } from 'node:test'
import { countedBy } from './counted-request.ts'
import type { KeptOctets } from './kept-octets.ts'

/** A call over a connection that somebody writes to, and what is kept of it. */
function callOver({ most = Number.POSITIVE_INFINITY } = {}) {
  const socket = Object.assign(new EventEmitter(), {
    bytesRead: 0,
    destroyed: false,
    destroy: () => {
      socket.destroyed = true
    },
  })
  let kept = 0
  const keep = (bytes: number): void => {
    kept += bytes
    if (kept > most) socket.destroy()
  }
  const unfinished = {
    keep: (_: unknown, bytes: number) => {
      keep(bytes)
      return { grown: keep, moved: () => {}, end: () => {} }
    },
  } as unknown as KeptOctets
  let crumbs = 0
  const Request = countedBy(unfinished, () => void crumbs++)
  const call: IncomingMessage = new Request(socket as unknown as Socket)
  /** @param around octets that come with the piece and are none of the body */
  const piece = (length: number, around = 0): boolean => {
    socket.bytesRead += length + around
    call.push(Buffer.alloc(length))
    return !socket.destroyed
  }
  return { call, piece, crumbs: () => crumbs }
}

const times = (count: number, run: () => boolean): boolean => Array.from({ length: count }, run).every(Boolean)

test('a body may come in a thousand and 24 pieces of one letter, and the next one is too many', () => {
  const { piece, crumbs } = callOver()
  assert.ok(times(1_024, () => piece(1)))
  assert.deepEqual([piece(1), crumbs()], [false, 1])
})

test('a body in any number of pieces is taken while they have sixteen octets on average', () => {
  const { piece, crumbs } = callOver()
  assert.ok(times(2_000, () => piece(16)))
  assert.deepEqual([piece(15), crumbs()], [false, 1])
})

test('around its pieces a call may say as much as in them, and 128 KiB', () => {
  const { piece, crumbs } = callOver()
  assert.ok(piece(1_000, 128 * 1_024 + 1_000))
  assert.ok(piece(1, 1))
  assert.deepEqual([piece(1, 2), crumbs()], [false, 1])
})

test('nothing is kept of a piece for which its connection is hung up on, nor of what comes after it', () => {
  const { call, piece } = callOver({ most: 2_000 })
  assert.ok(piece(1_000))
  assert.ok(!piece(1_000))
  assert.equal(call.readableLength, 1_000)
  piece(1)
  assert.equal(call.readableLength, 1_000)
})
