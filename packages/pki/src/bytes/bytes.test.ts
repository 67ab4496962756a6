import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hasCode } from '../errors/index.ts'
import {
  concat,
  equal,
  fromBase64,
  fromBase64Url,
  fromHex,
  fromUtf8,
  toBase64,
  toBase64Url,
  toHex,
  utf8,
} from './index.ts'

const bytes = fc.uint8Array({ maxLength: 200 })
const malformed = (error: unknown): boolean => hasCode(error, 'encoding_malformed')

test('what is written is read back the same, and as the platform writes it', () => {
  fc.assert(
    fc.property(bytes, (value) => {
      const buffer = Buffer.from(value)
      assert.equal(toBase64(value), buffer.toString('base64'))
      assert.equal(toBase64Url(value), buffer.toString('base64url'))
      assert.equal(toHex(value), buffer.toString('hex'))
      assert.deepEqual(fromBase64(toBase64(value)), value)
      assert.deepEqual(fromBase64Url(toBase64Url(value)), value)
      assert.deepEqual(fromHex(toHex(value).toUpperCase()), value)
    }),
  )
})

test('base64 has one spelling only', () => {
  for (const text of ['QQ', 'QQ=', 'QQ===', 'QR==', 'QQ==\n', ' QQ==', 'Q Q=', 'QQ==QQ==', '=', 'A-_/', 'é===']) {
    assert.throws(() => fromBase64(text), malformed, text)
  }
  for (const text of ['QQ==', 'QR', 'A', 'a+b/', 'QQ ']) assert.throws(() => fromBase64Url(text), malformed, text)
})

test('hexadecimal refuses odd lengths and other characters', () => {
  for (const text of ['0', '0g', ' 00', '0x00', '-1', '00 ']) assert.throws(() => fromHex(text), malformed, text)
})

test('UTF-8 refuses overlong forms, halves of pairs and cut sequences, and keeps a byte order mark', () => {
  for (const hex of ['c080', 'eda080', 'f4908080', 'e282', 'ff']) {
    assert.throws(() => fromUtf8(fromHex(hex)), malformed, hex)
  }
  assert.throws(() => utf8('\ud800'), malformed)
  assert.equal(fromUtf8(fromHex('efbbbf41')), '\ufeffA')
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => fromUtf8(utf8(text)) === text))
})

test('equal compares content and length', () => {
  assert.ok(equal(fromHex('00ff'), fromHex('00ff')))
  assert.equal(equal(fromHex('00ff'), fromHex('00fe')), false)
  assert.equal(equal(fromHex('00'), fromHex('0000')), false)
  assert.deepEqual(concat(fromHex('01'), new Uint8Array(0), fromHex('0203')), fromHex('010203'))
})
