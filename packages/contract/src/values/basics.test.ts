import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Compile } from 'typebox/compile'
import { Email, Line, Paragraph } from './basics.ts'

const name = Compile(Line(64))
const search = Compile(Line(64, 0))
const text = Compile(Paragraph(64))
const email = Compile(Email)

test('a name has something to see: no blanks alone, no accents alone, no letters that look like nothing', () => {
  for (const good of ['a', 'Ana', 'É', 'e\u0301', ' a', '中', '😀', 'Α Ω', '-', '1', '\u0301a'])
    assert.ok(name.Check(good), good)
  for (const bad of ['', ' ', '\u00a0\u2003', '\u0301', '\u0301\u0302 \u0303', '\u3000\u20dd']) {
    assert.ok(!name.Check(bad), JSON.stringify(bad))
  }
  for (const odd of [
    '\u2800',
    '\u{1d159}',
    '\u{13441}',
    '\u{13442}',
    '\u0378',
    '\uffff',
    '\u{e0fff}',
    '\u3164',
    '\u115f',
  ]) {
    for (const one of [name, search, text]) assert.ok(!one.Check(`a${odd}`), JSON.stringify(odd))
    assert.ok(!email.Check(`a${odd}@example.org`), JSON.stringify(odd))
  }
  assert.ok(search.Check('') && search.Check(' '))
})

test('an address has something to see before and behind its sign, whatever its alphabet', () => {
  for (const good of ['a@b.c', 'Ana.Lucía@école.fr', 'x@xn--cole-9oa.fr', 'e\u0301@a.b'])
    assert.ok(email.Check(good), good)
  for (const bad of ['\u0301@b.c', 'a@\u0301.c', 'a@b.\u0301', 'a@b', '@b.c', 'a@.c', 'a@b..c', 'a@b.c.', ' @b.c']) {
    assert.ok(!email.Check(bad), JSON.stringify(bad))
  }
})
