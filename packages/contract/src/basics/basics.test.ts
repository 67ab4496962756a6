import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Compile } from 'typebox/compile'
import { Email, Line, Origin, Paragraph } from './basics.ts'

const name = Compile(Line(64))
const search = Compile(Line(64, 0))
const text = Compile(Paragraph(64))
const email = Compile(Email)
const origin = Compile(Origin)

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
  for (const bad of [
    '\u0301@b.c',
    'a@\u0301.c',
    'a@b.\u0301',
    'a@b',
    '@b.c',
    'a@.c',
    'a@b..c',
    'a@b.c.',
    'a@b.c…',
    'a@b.c‥',
    'a@b…c',
    'a@b.⒈',
    'a@b.c︙',
    ' @b.c',
  ]) {
    assert.ok(!email.Check(bad), JSON.stringify(bad))
  }
})

test('L: the place of a service reads back as what it says: no user, no path, no other spelling of a host', () => {
  for (const good of [
    'https://localhost:24140',
    'http://desk.example.org',
    'https://xn--cole-9oa.example:8443',
    'https://192.0.2.7:8443',
    'https://[2001:db8::7]:8443',
  ]) {
    assert.ok(origin.Check(good), good)
    assert.equal(new URL(good).origin, good)
  }
  for (const bad of [
    'https://localhost:24140@evil.example',
    'https://localhost@evil.example',
    'https://localhost:@evil.example',
    'https://evil.example\\@localhost',
    'https://evil.example\\localhost',
    'https:\\\\evil.example',
    'https:///evil.example',
    'https://evil.example/',
    'https://evil.example?',
    'https://evil.example#',
    'https://evil\t.example',
    'https://evil.example ',
    'https://Desk.example',
    'https://d%65sk.example',
    'https://école.example',
    'https://desk。example',
    'https://3221225991',
    'https://0x7f.1',
    'https://desk.example:443',
    'http://desk.example:80',
    'https://desk.example:',
    'https://desk.example:0443',
    'https://desk.example:65536',
    'https://[::1',
    'https://[0::1]',
    'ftp://desk.example',
    'https://',
  ])
    assert.ok(!origin.Check(bad), bad)
})
