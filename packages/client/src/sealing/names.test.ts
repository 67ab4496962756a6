import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACTING } from '@scel/contract/letters'
import { nameFault } from '@scel/files/archives'

test('every letter that would act on a terminal is refused in the name of an entry', () => {
  const acting = new RegExp(`^[${ACTING}]$`, 'u')
  for (let code = 0; code < 0x11_0000; code++) {
    const letter = String.fromCodePoint(code)
    if (!acting.test(letter)) continue
    for (const name of [`a${letter}b`, `${letter}b`, `a${letter}`, `👩${letter}💻`, `م${letter}ت`])
      assert.equal(nameFault(name, 'elsewhere'), 'letters', code.toString(16))
  }
})
