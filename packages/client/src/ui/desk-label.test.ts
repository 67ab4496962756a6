import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deskLabelOf, setOff } from './desk-label.ts'

test('a name is set off by what no name can close', () => {
  assert.equal(deskLabelOf('desk.example:8443', 'L’Étoile d’Or'), 'desk.example:8443 "L’Étoile d’Or"')
  assert.equal(setOff('  Scel \u00a0  Nord '), '"Scel Nord"')
  for (const mark of ['"', '\\', '”', '“', '„', '«', '»', '‘', '’', "'", '″', 'ʺ', '＂', '〝', '״', '‹']) {
    const shown = setOff(`Scel${mark} · desk.example`)
    assert.equal(shown, `"Scel\\u{${mark.codePointAt(0)!.toString(16)}} · desk.example"`, mark)
    assert.equal(setOff(`${mark}${mark}Scel`).includes(mark === '\\' ? '\\\\' : mark, 1), mark === '"', mark)
  }
})
