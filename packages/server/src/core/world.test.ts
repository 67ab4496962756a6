import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from './world.ts'

test('what names a thing begins with a letter, so that no command reads it as an option', () => {
  for (let first = 0; first < 256; first++) {
    const random = (length: number): Uint8Array => new Uint8Array(length).fill(0xff).fill(first, 0, 1)
    assert.match(newId({ random }), /^[A-Za-z][A-Za-z0-9_-]{21}$/)
  }
})
