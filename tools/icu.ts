//
// ICU messages made readable for people who look a sentence up.

import { IntlMessageFormat } from 'intl-messageformat'

interface Part {
  readonly type: number
  readonly value?: string
  readonly options?: Readonly<Record<string, { readonly value: readonly Part[] }>>
}

/**
 * A message without its grammar: a fact is `{name}`, and where the message chooses between texts they are divided by /.
 *
 * @throws SyntaxError when it is not an ICU message
 */
export const readable = (message: string): string =>
  plain(new IntlMessageFormat(message, 'en').getAst() as readonly Part[]).replace(/ {2,}/g, ' ')

function plain(parts: readonly Part[]): string {
  return parts
    .map(({ type, value = '', options }) => {
      if (type === LITERAL) return value
      if (type === POUND) return '{number}'
      if (options === undefined) return `{${value}}`
      const texts = new Set(Object.values(options).map((option) => plain(option.value).trim()))
      return ` ${[...texts].filter((text) => text !== '').join(' / ')} `
    })
    .join('')
    .replace(/ +([.,;)])(?!\w)/g, '$1')
    .replace(/\( +/g, '(')
}

// Of @formatjs/icu-messageformat-parser's TYPE, which intl-messageformat does not export.
const LITERAL = 0
const POUND = 7
