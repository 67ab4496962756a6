// What a desk is called in what is said. Its host it cannot make up; its name it chooses itself.

/** Host and port first, then the name, set off. */
export const deskLabelOf = (host: string, name: string): string => `${host} ${setOff(name)}`

/** A text of somebody else between quotes that it cannot close: what could pass for one is shown as `\u{…}`, and blanks are one. */
export const setOff = (text: string): string => `"${text.replace(/\s+/gu, ' ').trim().replace(CLOSING, escaped)}"`

const escaped = (letter: string): string => `\\u{${letter.codePointAt(0)?.toString(16)}}`

/** Marks of quotation and what looks like one, but for the apostrophe within a word. */
const CLOSING =
  /[[\p{Quotation_Mark}\\\u02ba\u02dd\u02ee\u02f6\u05f2\u05f4\u2033\u2036]--['’]]|(?<![\p{L}\p{N}])['’]|['’](?![\p{L}\p{N}])/gv
