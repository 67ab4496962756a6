import type { Outside } from '../outside.ts'
import { formatBytes } from './bytes.ts'
import { widthOf } from './table.ts'
import type { Voice } from './voice.ts'

/** A line at the terminal that shows how far work is, how fast it goes and how long it will take. */
export interface Progress {
  /** Adds bytes that are done. */
  add(bytes: number): void
  /** Says how many bytes are done. */
  reach(bytes: number): void
  /** Takes the line away. */
  end(): void
}

type Place = Pick<Outside, 'terminal' | 'now'>

/** Draws on standard error where somebody sits there, and nothing where nobody does. `total` may be unknown. */
export function progressBar({ terminal, now }: Place, voice: Voice, total: number | undefined): Progress {
  if (!terminal) return { add() {}, reach() {}, end() {} }
  const { output } = terminal
  const begun = now().getTime()
  let done = 0
  let drawn = begun // nothing is shown of what is over at once
  let shown = false
  /** Bytes per second, the last seconds counting most. */
  let rate = 0
  let [lastAt, lastDone] = [begun, 0]
  const draw = (at: number): void => {
    const seconds = (at - lastAt) / 1000
    const present = (done - lastDone) / seconds
    // Each second takes away two thirds of what was before.
    rate = rate === 0 ? present : present + (rate - present) * Math.exp(-seconds)
    ;[lastAt, lastDone] = [at, done]
    const size = (bytes: number): string => formatBytes(bytes, voice.language)
    const facts = { done: size(done), rate: size(rate) }
    output.write(`\r${line(facts)}\u001b[K`)
    shown = true
  }
  const line = (facts: { done: string; rate: string }): string => {
    if (total === undefined || total < done) return voice.plain('progress_open', facts)
    const left = voice.span(rate > 0 ? ((total - done) / rate) * 1000 : 0)
    const words = voice.plain('progress', {
      ...facts,
      percent: total > 0 ? Math.floor((done / total) * 100) : 100,
      total: formatBytes(total, voice.language),
      left,
    })
    const room = Math.min(LONGEST, (output.columns ?? 80) - widthOf(words) - 3)
    if (room < SHORTEST) return words
    const full = total > 0 ? Math.floor((done / total) * room) : room
    return `${'█'.repeat(full)}${'░'.repeat(room - full)}  ${words}`
  }
  const reach = (bytes: number): void => {
    done = bytes
    const at = now().getTime()
    if (at - drawn < EVERY) return
    drawn = at
    draw(at)
  }
  return {
    add: (bytes) => reach(done + bytes),
    reach,
    end() {
      if (shown) output.write('\r\u001b[K')
      shown = false
    },
  }
}

const EVERY = 100 // milliseconds
const LONGEST = 30
const SHORTEST = 8
