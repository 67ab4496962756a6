import { type Facts, withInstants } from '@scel/contract/errors'
import { createIntl } from 'react-intl'
import type { Dates } from './dates.tsx'
import { languageNow } from './language.ts'

/** A sentence of the contract with its facts; instants as pages say them. */
export function fill(sentence: string, facts: Facts, moment: Dates['moment']): string {
  const ready = withInstants(sentence, facts, moment)
  return createIntl({ locale: languageNow(), messages: { text: ready.text } }).formatMessage(
    { id: 'text' },
    ready.facts,
  )
}
