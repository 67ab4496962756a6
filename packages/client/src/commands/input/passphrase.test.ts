import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import type { Terminal } from '../../outside.ts'
import { Voice } from '../../ui/voice.ts'
import type { Given } from './given.ts'
import { newPassphrase } from './passphrase.ts'
import type { Shell } from './shell.ts'

/** Somebody at a terminal, who waits to be told something before they type. */
function typist() {
  const [input, output] = [new PassThrough(), new PassThrough()]
  let shown = ''
  let heard = (): void => {}
  output.setEncoding('utf8').on('data', (text: string) => {
    shown += text
    heard()
  })
  return {
    terminal: { input, output } as unknown as Terminal,
    async told(words: RegExp): Promise<void> {
      while (!words.test(shown)) {
        await new Promise<void>((resolve) => {
          heard = resolve
        })
      }
      shown = ''
    },
    type: (line: string) => void input.write(`${line}\r`),
  }
}

test('a new passphrase that is short, or soon guessed, is refused where it is typed, and typed twice', {
  timeout: 300_000,
}, async () => {
  const { terminal, told, type } = typist()
  const outside = { terminal, signal: new AbortController().signal }
  const shell = { outside, voice: new Voice({ out() {}, err() {} }, 'en', false) } as unknown as Shell
  const given = { text: () => undefined } as unknown as Given
  const chosen = newPassphrase(shell, given)
  await told(/new passphrase \(at least 8 characters\)/)
  type('pass')
  await told(/at least 8 characters(?!\))/)
  type('word1')
  await told(/guessed within days/)
  type(' violet tractors hum beneath marble')
  await told(/the same once more/)
  type('password1')
  await told(/it is not the same/)
  type(' violet tractors hum beneath marble')
  assert.equal(await chosen, 'password1 violet tractors hum beneath marble')
})
