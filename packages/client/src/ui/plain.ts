// What others wrote (names in certificates, sentences of a desk, host names) reaches the terminal only through here:
// an escape sequence in a common name must not move the cursor, and a right-to-left override must not turn a name round.

import { ACTING, visible } from '@scel/contract/letters'

const LETTERS = new RegExp(`[${ACTING}]`, 'gu')

/** Text with control and direction characters made visible as `\u{…}`. */
export const plain: (text: string) => string = visible

/** Several lines, each made plain. */
export function plainLines(text: string): string[] {
  return text.split(/\r?\n/).map(plain)
}

/** A document as JSON, with the same letters escaped within its texts: whoever parses it gets them back as they were. */
export function plainJson(document: unknown): string {
  // Between texts JSON has no such letter but the ends of its own lines.
  return JSON.stringify(document, null, 2).replace(LETTERS, (character) =>
    character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
