// Which of the desks of this user a command asks or believes: nothing says which of them speaks for an address.

import type { Environment } from '@scel/contract/values'
import type { NamedRecord } from '../../state/desk-record.ts'
import { deskLabel, deskMeant, desksOf } from '../../state/desks.ts'
import type { Desks } from '../../state/open-desks.ts'
import { isConnectionFailure, isDeskRefusal, stop } from '../../ui/cli-error.ts'
import type { CommandOption } from './command.ts'
import type { Given } from './given.ts'
import type { Shell } from './shell.ts'

export const DESK_OPTION: CommandOption = { name: 'desk', help: 'desk_option', value: 'value_desk' }

/**
 * The desks that took a request, of one environment or of all: the one that --desk means, otherwise all of them. A word means any desk that
 * is known: one of the same name that is believed does not come in the place of one that is not.
 * @throws no_desk, desk_unknown, desk_ambiguous, desk_elsewhere, desk_unbelieved, record_malformed
 */
export async function chosenDesks(desks: Desks, given: Given, environment?: Environment): Promise<NamedRecord[]> {
  const known = await desks.records()
  const word = given.text(DESK_OPTION.name)
  if (word === undefined) return ofEnvironment(known, environment).filter(isBelieved)
  const { label, records } = deskMeant(desksOf(known), word)
  const there = ofEnvironment(records, environment)
  if (there.length === 0) stop('desk_elsewhere', { desk: label, environment: records[0].record.environment })
  const chosen = there.filter(isBelieved)
  return chosen.length > 0 ? chosen : stop('desk_unbelieved', { desk: label })
}

/**
 * What is asked of the desks of an environment when nobody names one: those that are believed, and those that are not and have roots of their own.
 * The latter have no say, nor does another one speak for their people while a person has not said which is meant.
 * @throws record_malformed
 */
export async function desksThere(
  desks: Desks,
  environment: Environment,
): Promise<{ readonly believed: readonly NamedRecord[]; readonly unbelieved: readonly NamedRecord[] }> {
  const known = ofEnvironment(await desks.records(), environment)
  const believed = known.filter(isBelieved)
  const roots = new Set(believed.map(rootOf))
  return { believed, unbelieved: known.filter((named) => !isBelieved(named) && !roots.has(rootOf(named))) }
}

const isBelieved = ({ record }: NamedRecord): boolean => record.enrolledAt !== undefined
const rootOf = ({ record }: NamedRecord): string => record.roots.environment.trim()
const ofEnvironment = (records: readonly NamedRecord[], environment: Environment | undefined): NamedRecord[] =>
  records.filter(({ record }) => environment === undefined || record.environment === environment)

/**
 * What a desk answers to a question that goes to several. One that does not answer ends it, and is named: otherwise a desk that is
 * up would speak for one that is down.
 * @throws desk_silent, desk_refuses, and what `ask` throws
 */
export async function oneOf<T>(
  shell: Shell,
  { record }: NamedRecord,
  all: readonly NamedRecord[],
  ask: () => Promise<T>,
): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (all.length < 2) throw error
    const facts = { desk: deskLabel(record), reason: shell.voice.words(error).message }
    if (isConnectionFailure(error)) stop('desk_silent', facts)
    if (isDeskRefusal(error)) stop('desk_refuses', facts)
    throw error
  }
}
