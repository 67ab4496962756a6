import { Stack, Text } from '@mantine/core'
import { type ErrorCode, SENTENCES } from '@scel/contract/errors'
import type { ReactNode } from 'react'
import { Note } from '../../ui/index.ts'
import { isRefusal } from '../desk/index.ts'
import { type Dates, fill, languageNow, type Text as Say, useDates, useText } from '../languages/index.ts'
import { RefusalNote } from '../parts/index.ts'
import { FILES_FAILURES, failedOf } from './failure.ts'
import type { Failed } from './protocol.ts'
import { WorkFailure } from './workshop.ts'

export interface Sentence {
  readonly says: string
  readonly hint: string
  readonly code: string
}

/** What did not go, in words: the contract's sentences for the library, the page's own for what only it knows. */
export function useWords(): (failed: Failed) => Sentence {
  const text = useText()
  const dates = useDates()
  return (failed) => {
    if (failed.of === 'library' && Object.hasOwn(SENTENCES.en, failed.code)) return sentenceOf(failed, dates)
    return { ...ownWords(failed, text), code: failed.code }
  }
}

/** A failure beside what it is about. Nothing is shown while there is none. */
export function FailureNote({ error }: { error: unknown }): ReactNode {
  const words = useWords()
  if (!error) return null
  if (isRefusal(error)) return <RefusalNote error={error} />
  const { says, hint, code } = words(error instanceof WorkFailure ? error.failed : failedOf(error))
  return (
    <Note tone="bad" role="alert" title={says}>
      <Stack gap={6}>
        <Text size="sm">{hint}</Text>
        <Text span ff="monospace" size="xs">
          {code}
        </Text>
      </Stack>
    </Note>
  )
}

function sentenceOf({ code, facts }: Failed, dates: Dates): Sentence {
  const { says, hint } = SENTENCES[languageNow()][code as ErrorCode]
  return { says: fill(says, facts, dates.moment), hint: fill(hint, facts, dates.moment), code }
}

function ownWords({ code, facts }: Failed, text: Say): { says: string; hint: string } {
  const known = FILES_FAILURES.find((one) => one === code) ?? 'unexpected'
  const values = { what: '', limit: 0, file: '', reason: '', name: '', ...facts }
  return { says: text(`files.fail.${known}`, values), hint: text(`files.fail.${known}Hint`) }
}
