import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Terminal } from '../outside.ts'
import { formatBytes } from './bytes.ts'
import { progressBar } from './progress.ts'
import { Voice } from './voice.ts'

const GIB = 2 ** 30

/** A terminal that remembers, and a clock that is set. */
function place(columns = 100) {
  const drawn: string[] = []
  let now = 0
  const output = { columns, write: (text: string) => drawn.push(text) }
  return {
    drawn,
    outside: { terminal: { input: {}, output } as unknown as Terminal, now: () => new Date(now) },
    at(milliseconds: number) {
      now = milliseconds
    },
  }
}
const voice = (language: 'en' | 'fr') => new Voice({ out() {}, err() {} }, language, false)
const plainly = (text: string | undefined): string => (text ?? '').replaceAll('\u00a0', ' ')

test('how far it is, how fast, and how long it will take, in both languages', () => {
  const { drawn, outside, at } = place()
  const bar = progressBar(outside, voice('en'), 4 * GIB)
  at(1000)
  bar.reach(GIB)
  assert.match(plainly(drawn.at(-1)), /^\r█{7}░{23} {2}25% {2}1 GiB of 4 GiB {2}1 GiB\/s {2}3 s left/)
  at(1050)
  bar.add(GIB)
  assert.equal(drawn.length, 1) // not more often than can be read
  at(2000)
  bar.add(0)
  assert.match(plainly(drawn.at(-1)), /50% {2}2 GiB of 4 GiB/)
  bar.end()
  assert.equal(drawn.at(-1), '\r\u001b[K')
  const french = place()
  const other = progressBar(french.outside, voice('fr'), 4 * GIB)
  french.at(2000)
  other.reach(GIB)
  assert.match(plainly(french.drawn.at(-1)), /25 % {2}1 Gio sur 4 Gio {2}512 Mio\/s {2}encore 6 s/)
})

test('of unknown length it shows what is done, in a narrow terminal no bar, without a terminal nothing', () => {
  const open = place()
  const bar = progressBar(open.outside, voice('en'), undefined)
  open.at(1000)
  bar.reach(GIB)
  assert.equal(plainly(open.drawn.at(-1)), '\r1 GiB  1 GiB/s\u001b[K')
  const narrow = place(45)
  const words = progressBar(narrow.outside, voice('en'), 2 * GIB)
  narrow.at(1000)
  words.reach(GIB)
  assert.match(plainly(narrow.drawn.at(-1)), /^\r50%/)
  const none = progressBar({ now: () => new Date() }, voice('en'), 1)
  none.add(1)
  none.reach(1)
  none.end()
})

test('what is over at once draws nothing', () => {
  const { drawn, outside } = place()
  const bar = progressBar(outside, voice('en'), 10)
  bar.reach(10)
  bar.end()
  assert.deepEqual(drawn, [])
})

test('lengths in binary units', () => {
  const texts = [0, 1, 1023, 1024, 1536, 150 * 1024, 5 * GIB].map((bytes) => plainly(formatBytes(bytes, 'en')))
  assert.deepEqual(texts, ['0 B', '1 B', '1,023 B', '1 KiB', '1.5 KiB', '150 KiB', '5 GiB'])
  assert.equal(plainly(formatBytes(1.5 * GIB, 'fr')), '1,5 Gio')
})
