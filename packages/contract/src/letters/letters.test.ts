import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACTING, HIDDEN, nameKey, visible } from './index.ts'

const every = Array.from({ length: 0x11_0000 }, (_, code) => String.fromCodePoint(code))

test('what acts on whatever shows it is a letter that nobody sees', () => {
  const [acting, hidden] = [ACTING, HIDDEN].map((letters) => new RegExp(`^[${letters}]$`, 'u'))
  const found = every.filter((letter) => acting!.test(letter))
  assert.deepEqual(
    found.filter((letter) => !hidden!.test(letter)),
    [],
  )
  for (const letter of [
    '\u0000',
    '\u001b',
    '\u007f',
    '\u0085',
    '\u009b',
    '\u061c',
    '\u200e',
    '\u200f',
    '\u2028',
    '\u202a',
  ])
    assert.ok(acting!.test(letter), letter.charCodeAt(0).toString(16))
  for (const letter of ['\u202e', '\u2066', '\u2069', '\u206a', '\u206f'])
    assert.ok(acting!.test(letter), letter.charCodeAt(0).toString(16))
  for (const letter of ['a', 'é', '\u00a0', '\u202f', '’', '郵', '😀', '\u200d'])
    assert.ok(!acting!.test(letter), letter)
})

test('what is shown of a text of somebody else is all that is in it', () => {
  assert.equal(visible('a\u202eb\u0007 é’郵😀'), 'a\\u{202e}b\\u{7} é’郵😀')
})

test('a name is one in every spelling that is read alike, and another with another accent', () => {
  for (const name of ['Andre\u0301 Dupont', ' ANDRÉ  Dupont', 'André\u00a0Dupont ', 'Ａndré Dupont'])
    assert.equal(nameKey(name), nameKey('André Dupont'), name)
  assert.notEqual(nameKey('Andre Dupont'), nameKey('André Dupont'))
})
