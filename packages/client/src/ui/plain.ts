// What others wrote (names in certificates, sentences of a desk, host names) reaches the terminal only through here:
// an escape sequence in a common name must not move the cursor, and a right-to-left override must not turn a name round.

const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** Text with control and direction characters made visible as `\u{…}`. */
export function plain(text: string): string {
  return text.replace(CONTROLS, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}

/** Several lines, each made plain. */
export function plainLines(text: string): string[] {
  return text.split(/\r?\n/).map(plain)
}
