import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isHostName } from './host-name.ts'

test('full host names pass, and nothing that only looks like one', () => {
  for (const name of ['a.b', 'www.example.org', 'xn--bcher-kva.example', '1.example', `${'a'.repeat(63)}.org`]) {
    assert.ok(isHostName(name), name)
  }
  const wrong = [
    'localhost',
    '*.a.org',
    'a..b',
    '.a.b',
    'a.b.',
    '-a.b',
    'a-.b',
    'a_b.c',
    'A.b',
    '10.0.0.1',
    'a b.c',
    '',
  ]
  for (const name of [...wrong, `${'a'.repeat(64)}.org`, 'é.org', 'a.b\n', 'a.b:443', 'a.b/c', 'a\u0000.b']) {
    assert.ok(!isHostName(name), name)
  }
})

test('whatever passes is made of lower-case labels', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab-.*_A1é\u0000'), maxLength: 20 }), (text) => {
      if (isHostName(text)) assert.match(text, /^[a-z0-9-]+(\.[a-z0-9-]+)+$/)
    }),
  )
})
