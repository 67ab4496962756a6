// Which of the desks of this user a command asks or believes: nothing says which of them speaks for an address.

import type { Environment } from '@scel/contract/values'
import { enrolledDesks, type NamedRecord } from '../../state/desk-record.ts'
import { deskLabel, deskMeant, desksOf } from '../../state/desks.ts'
import { isConnectionFailure, isDeskRefusal, stop } from '../../ui/cli-error.ts'
import type { CommandOption } from './command.ts'
import type { Given } from './given.ts'
import type { Session } from './session.ts'

export const DESK_OPTION: CommandOption = { name: 'desk', help: 'desk_option', value: 'value_desk' }

/**
 * The desks that took a request, of one environment or of all: the one that --desk means, otherwise all of them.
 * @throws no_desk, desk_unknown, desk_ambiguous, desk_elsewhere, record_malformed
 */
export async function chosenDesks(session: Session, given: Given, environment?: Environment): Promise<NamedRecord[]> {
  const enrolled = await enrolledDesks(session.paths)
  const word = given.text(DESK_OPTION.name)
  const of = (records: readonly NamedRecord[]): NamedRecord[] =>
    records.filter(({ record }) => environment === undefined || record.environment === environment)
  if (word === undefined) return of(enrolled)
  const { label, records } = deskMeant(desksOf(enrolled), word)
  const chosen = of(records)
  if (chosen.length === 0) stop('desk_elsewhere', { desk: label, environment: records[0].record.environment })
  return chosen
}

/**
 * What a desk answers to a question that goes to several. One that does not answer ends it, and is named: otherwise a desk that is
 * up would speak for one that is down.
 * @throws desk_silent, desk_refuses, and what `ask` throws
 */
export async function oneOf<T>(
  session: Session,
  { record }: NamedRecord,
  all: readonly NamedRecord[],
  ask: () => Promise<T>,
): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (all.length < 2) throw error
    const facts = { desk: deskLabel(record), reason: session.voice.words(error).message }
    if (isConnectionFailure(error)) stop('desk_silent', facts)
    if (isDeskRefusal(error)) stop('desk_refuses', facts)
    throw error
  }
}
