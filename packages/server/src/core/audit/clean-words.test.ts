import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cleanWords } from './clean-words.ts'

test('words of strangers are one line, without what is not seen, turns letters about or talks to a terminal', () => {
  for (const [said, stands] of [
    ['Ada Müller-Ōe 東京', 'Ada Müller-Ōe 東京'],
    ['Admin\u202egro.elpmaxe', 'Admingro.elpmaxe'],
    ['a\u001b[31mred\nline', 'a[31mred line'],
    ['A\u200bd\u2060m\u00adi\ufeffn\ue000', 'Admin'],
    ['x\u0000y\u0085z\u2028w', 'xy z w'],
    ['\ud800lone', '\ufffdlone'],
    [`e${'\u0301'.repeat(40)}`, 'é\u0301\u0301'],
    ['  ', ''],
    ['long'.repeat(100), 'long'.repeat(16)],
  ] as const) {
    assert.equal(cleanWords(said), stands, JSON.stringify(said))
  }
})
