import { visible } from '@scel/contract/letters'
import { useCallback } from 'react'
import { useIntl } from 'react-intl'
import type { EN } from '../messages/en/index.ts'

/** Name of a message: a misspelt one does not compile. */
export type MessageKey = keyof typeof EN

type Word<S extends string> = S extends `${string} ${string}` | '#' ? never : S
type Name<Inside extends string> = Inside extends `${infer Head},${string}` ? Word<Head> : Word<Inside>
/** Names of the arguments in an ICU text; branches of a plural hold spaces or `#`, so they are told apart. */
type Arguments<S extends string> = S extends `${string}{${infer Inside}}${infer Rest}`
  ? Name<Inside> | Arguments<Rest>
  : never
type ArgumentsOf<K extends MessageKey> = K extends MessageKey ? Arguments<(typeof EN)[K]> : never

export type Text = <K extends MessageKey>(
  key: K,
  ...values: [ArgumentsOf<K>] extends [never] ? [] : [Readonly<Record<ArgumentsOf<K>, string | number>>]
) => string

/** The words of the portal: `text('requests.title')`, with the arguments that the English message names. */
export function useText(): Text {
  const { formatMessage } = useIntl()
  return useCallback((id, ...[values]) => formatMessage({ id: id as string }, values && shown(values)), [formatMessage])
}

/** Names of files and in certificates are other people's: none of their letters turns the sentence round. */
const shown = (values: Readonly<Record<string, string | number>>): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? inLines(value) : value]),
  )

const inLines = (text: string): string => text.split('\n').map(visible).join('\n')
