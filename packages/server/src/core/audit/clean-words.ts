import { HIDDEN } from '@scel/contract/letters'

/**
 * Words of a stranger as they may stand in the log: one line, without letters that are not seen, move the others about
 * or talk to a terminal, and without towers of accents.
 *
 * @param longest in letters (code points)
 */
export function cleanWords(words: string, longest = 64): string {
  const plain = words
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\t-\r\u0085\p{Z}]+/gu, ' ')
    .replace(UNSEEN, '')
    .replace(/(\p{M}{2})\p{M}+/gu, '$1')
    .trim()
  return [...plain].slice(0, longest).join('')
}

const UNSEEN = new RegExp(`[${HIDDEN}]`, 'gu')
