// The doors of the desks, each for what is done there.

import type { DeskWord } from '@scel/contract/kit'
import type { ApplicantKey } from '../state/applicant-key.ts'
import type { DeskRecord } from '../state/desk-record.ts'
import type { Directory } from './directory.ts'
import type { Enrolment } from './enrolment.ts'
import type { KnownWord } from './present-word.ts'

export type KnownDesk = Pick<DeskRecord, 'desk' | 'roots' | 'saidAt' | 'places' | 'environment'>

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
