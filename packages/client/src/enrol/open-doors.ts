// Opens the doors of the desks. What few commands need is loaded when it is asked for: the client of the desk comes with every route.

import type { Language } from '@scel/contract/errors'
import type { DeskWord } from '@scel/contract/kit'
import type { ApplicantKey } from '../state/applicant-key.ts'
import type { Paths } from '../state/paths.ts'
import { statementContentOf } from '../state/record-changes.ts'
import { rememberWord } from '../state/remember-word.ts'
import { wordAge } from '../state/word-age.ts'
import type { DeskClient } from './desk-client.ts'
import { type Doors, type KnownDesk, knownOf } from './doors.ts'
import type { KnownWord } from './present-word.ts'

/** What calls to desks are made with. */
export interface Calling {
  /** What desks are asked to answer in. */
  readonly language: Language
  readonly signal: AbortSignal
  now(): Date
}

export function openDoors({ language, signal, now }: Calling, paths: Paths): Doors {
  let opened: Promise<ApplicantKey> | undefined
  const applicant = (): Promise<ApplicantKey> => {
    opened ??= import('../state/applicant-key.ts').then(({ applicantKey }) => applicantKey(paths.applicantKey))
    return opened
  }
  const word = async (known: KnownWord): Promise<DeskWord> => {
    const { presentWord } = await import('./present-word.ts')
    return presentWord(known, { language, signal, now })
  }
  const client = async (desk: KnownDesk): Promise<DeskClient> => {
    const { DeskClient } = await import('./desk-client.ts')
    return new DeskClient({
      desk,
      wordAge: () => wordAge(desk, now()),
      renew: async () => {
        const said = await word(knownOf(desk))
        return { ...statementContentOf(said), keep: () => rememberWord(paths, said, now()) }
      },
      applicant,
      language,
      signal,
      now,
    })
  }
  return {
    word,
    applicant,
    async enrolment(record) {
      const { enrolmentAt } = await import('./enrolment.ts')
      return enrolmentAt(await client(record), record.environment)
    },
    async directory(record) {
      const { directoryAt } = await import('./directory.ts')
      return directoryAt(await client(record), record.environment)
    },
  }
}
