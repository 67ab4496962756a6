// Which letters are more than what is seen of them. One list, for what is taken in and for what is shown; it stands apart so
// that whoever only shows a text loads no schemas.

/**
 * Inside a class with the flag `u`: letters that nobody sees. Controls, halves of letters, what turns the line round, what
 * has no width, is no letter yet agreed upon, or is one that is blank (of braille, notes and hieroglyphs). They make two texts look
 * like one, and a line look like another; some databases do not take them.
 */
export const HIDDEN: string =
  '\\p{C}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\u2800\\u{1d159}\\u{13441}\\u{13442}'

/**
 * What spellings of one name have in common that nobody tells apart: accents that stand alone, letters that stand for another, capitals and
 * blanks.
 */
export const nameKey = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim()

/**
 * Inside a class with the flag `u`: letters that act on whatever shows them. Controls of terminals (C0, C1), what turns or
 * reshapes the letters around it, what ends a line, and the marks without width that texts of ours do not have.
 */
export const ACTING: string = '\\p{Cc}\\p{Bidi_Control}\\u2028\\u2029\\u200b\\u2060-\\u206f\\ufeff'

const ACTING_LETTERS = new RegExp(`[${ACTING}]`, 'gu')

/** A text of somebody else for whoever reads it: the letters that would act are shown as `\u{…}`. */
export const visible = (text: string): string =>
  text.replace(ACTING_LETTERS, (letter) => `\\u{${letter.codePointAt(0)?.toString(16)}}`)
