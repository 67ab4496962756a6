// The doors of the desks, each for what is done there. What few commands need is loaded when it is asked for: the client of the desk comes with
// every route.

import type { DeskWord } from '@scel/contract/kit'
import type { DeskClient } from '../../enrol/desk-client.ts'
import type { Directory } from '../../enrol/directory.ts'
import type { Enrolment } from '../../enrol/enrolment.ts'
import type { KnownWord } from '../../enrol/present-word.ts'
import type { ApplicantKey } from '../../state/applicant-key.ts'
import type { DeskRecord } from '../../state/desk-record.ts'
import type { Paths } from '../../state/paths.ts'
import { statementContentOf } from '../../state/record-changes.ts'
import { rememberWord } from '../../state/remember-word.ts'
import { wordAge } from '../../state/word-age.ts'
import type { Shell } from './shell.ts'

type KnownDesk = Pick<DeskRecord, 'desk' | 'roots' | 'saidAt' | 'places' | 'environment'>

/** For anybody: what a desk says of itself now, asked for where it is known to be or to have been. */
export interface StatementDoor {
  /** @throws as `presentWord` */
  word(known: KnownWord): Promise<DeskWord>
}

/** For requests, which are made with the applicant key. */
export interface EnrolmentDoor {
  applicant(): Promise<ApplicantKey>
  enrolment(record: KnownDesk): Promise<Enrolment>
}

/** For whom files can be sealed to; it opens to the applicant key of a machine that has a certificate. */
export interface DirectoryDoor {
  directory(record: KnownDesk): Promise<Directory>
}

export type Doors = StatementDoor & EnrolmentDoor & DirectoryDoor

/** By what is remembered of a desk, where its word is asked for. */
export const knownOf = ({
  desk: { id, services },
  saidAt,
  places = [],
}: Pick<DeskRecord, 'desk' | 'saidAt' | 'places'>): KnownWord => ({ id, services, saidAt, places })

export function openDoors({ outside, voice }: Pick<Shell, 'outside' | 'voice'>, paths: Paths): Doors {
  let opened: Promise<ApplicantKey> | undefined
  const applicant = (): Promise<ApplicantKey> => {
    opened ??= import('../../state/applicant-key.ts').then(({ applicantKey }) => applicantKey(paths.applicantKey))
    return opened
  }
  const word = async (known: KnownWord): Promise<DeskWord> => {
    const { presentWord } = await import('../../enrol/present-word.ts')
    return presentWord(known, { language: voice.language, signal: outside.signal, now: () => outside.now() })
  }
  const client = async (desk: KnownDesk): Promise<DeskClient> => {
    const { DeskClient } = await import('../../enrol/desk-client.ts')
    return new DeskClient({
      desk,
      wordAge: () => wordAge(desk, outside.now()),
      renew: async () => {
        const said = await word(knownOf(desk))
        return { ...statementContentOf(said), keep: () => rememberWord(paths, said, outside.now()) }
      },
      applicant,
      language: voice.language,
      signal: outside.signal,
      now: () => outside.now(),
    })
  }
  return {
    word,
    applicant,
    async enrolment(record) {
      const { enrolmentAt } = await import('../../enrol/enrolment.ts')
      return enrolmentAt(await client(record), record.environment)
    },
    async directory(record) {
      const { directoryAt } = await import('../../enrol/directory.ts')
      return directoryAt(await client(record), record.environment)
    },
  }
}
