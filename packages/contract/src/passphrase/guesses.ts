import { OFTEN } from './often.ts'

/** How well a passphrase withstands guessing, from 0 (within minutes) to 4 (nobody lives to see it). */
export type Strength = 0 | 1 | 2 | 3 | 4

/**
 * What a passphrase should have at least. A file that was stolen is tried at some million guesses a second, key derivation
 * included: 2^40 of them take a week or two.
 */
export const LEAST_BITS = 40
const LEVELS = [28, LEAST_BITS, 52, 66] as const

export const strengthOf = (passphrase: string): Strength => {
  const bits = guessBits(passphrase)
  return LEVELS.filter((level) => bits >= level).length as Strength
}

/**
 * About how many guesses, as a power of two, somebody needs who tries what people choose first: common passphrases, words,
 * names, dates, rows of the keyboard, runs and repetitions, with capitals, digits and signs in place of letters. The passphrase is
 * cut into the pieces that cost least together. What kinds of letters are in it earns nothing by itself. A low guess, on purpose: no
 * list of words stands behind it, so that every run of letters that can be spoken counts as words.
 */
export function guessBits(passphrase: string): number {
  const letters = [...passphrase.normalize('NFC').slice(0, LONGEST)]
  const plain = letters.map((letter) => PLAIN.get(letter) ?? letter.toLowerCase())
  const best = [0]
  for (let end = 1; end <= letters.length; end++) {
    best[end] = best[end - 1]! + aloneBits(letters[end - 1]!)
    for (let start = 0; start <= end - 2; start++) {
      const text = letters.slice(start, end).join('')
      const bits = end - start > WIDEST ? repeatBits(text) : pieceBits(text, plain.slice(start, end).join(''))
      if (bits !== undefined) best[end] = Math.min(best[end]!, best[start]! + bits + JOINT)
    }
  }
  return best[letters.length]!
}

/** What is beyond adds nothing. */
const LONGEST = 100
/** Longer pieces are repetitions, or several. */
const WIDEST = 24
/** For where a piece ends and what comes next. */
const JOINT = 1

const PLAIN = new Map([
  ...[...'@4'].map((sign) => [sign, 'a'] as const),
  ...[...'3€'].map((sign) => [sign, 'e'] as const),
  ...[...'1!|'].map((sign) => [sign, 'i'] as const),
  ...[...'0'].map((sign) => [sign, 'o'] as const),
  ...[...'5$'].map((sign) => [sign, 's'] as const),
  ['7', 't'] as const,
])

/** A letter for itself. Blanks and hyphens stand between words, wherever there are words. */
function aloneBits(letter: string): number {
  if (/[\s_.-]/.test(letter)) return 1
  if (/[0-9]/.test(letter)) return 3.3
  return /[a-z]/.test(letter) ? 4.7 : 5.5
}

/** What one piece costs as something that people choose; undefined when it is nothing of the kind. */
function pieceBits(text: string, plain: string): number | undefined {
  const found = [oftenBits(text, plain), runBits(text), repeatBits(text), dateBits(text), wordBits(text)]
  const known = found.filter((bits) => bits !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

function oftenBits(text: string, plain: string): number | undefined {
  const lower = text.toLowerCase()
  const rank = RANKS.get(lower) ?? RANKS.get(plain)
  return rank === undefined ? undefined : Math.log2(rank + 2) + capitalBits(text) + (RANKS.has(lower) ? 0 : 2)
}

const RANKS: ReadonlyMap<string, number> = new Map(OFTEN.map((word, rank) => [word, rank]))

/** abc, 987, and neighbours on a row of the keyboard. */
function runBits(text: string): number | undefined {
  if (text.length < 3) return undefined
  const lower = text.toLowerCase()
  const codes = [...lower].map((letter) => letter.codePointAt(0)!)
  const step = codes[1]! - codes[0]!
  const isRun = Math.abs(step) === 1 && codes.every((code, at) => at === 0 || code - codes[at - 1]! === step)
  const isRow = ROWS.some((row) => row.includes(lower))
  return isRun || isRow ? 5 + Math.log2(text.length) + capitalBits(text) : undefined
}

const FORWARD = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'azertyuiop', 'qsdfghjklm', 'wxcvbn', 'qwertzuiop', '1234567890']
const ROWS: readonly string[] = FORWARD.flatMap((row) => [row, [...row].reverse().join('')])

/** The same again and again: the price of one, and how often. */
function repeatBits(text: string): number | undefined {
  for (let length = 1; length <= Math.min(WIDEST, text.length / 2); length++) {
    const unit = text.slice(0, length)
    const times = text.length / length
    if (Number.isInteger(times) && unit.repeat(times) === text && (length > 1 || times > 2)) {
      return [...unit].reduce((sum, letter) => sum + aloneBits(letter), 0) + Math.log2(times)
    }
  }
  return undefined
}

function dateBits(text: string): number | undefined {
  if (/^(?:19|20)\d\d$/.test(text)) return 6.5
  return /^(?:[0-3]?\d)([-/. ]?)[01]?\d\1(?:19|20)?\d\d$/.test(text) && text.length >= 6 ? 15 : undefined
}

/**
 * Letters that can be spoken are a word, or several: some 13 bits for a word, so that four that do not belong together are 52.
 * Long runs are taken for several words in a row.
 */
function wordBits(text: string): number | undefined {
  if (!/^\p{Letter}{3,}$/u.test(text)) return undefined
  const bare = text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
  const vowels = bare.replace(/[^aeiouy]/g, '').length
  if (vowels < bare.length / 5 || vowels > bare.length * 0.7 || /[^aeiouy]{5}/.test(bare)) return undefined
  return Math.min(4.7 * bare.length, Math.max(11, Math.min(13, 9 + bare.length / 2))) + capitalBits(text)
}

/** A capital in front, or all of them, is tried early. */
function capitalBits(text: string): number {
  if (text === text.toLowerCase()) return 0
  const rest = text.slice(1)
  return rest === rest.toLowerCase() || text === text.toUpperCase() ? 1 : Math.min(6, text.length / 2)
}
