import { deskLabel } from '../../state/desks.ts'
import { CliError, isCliError } from '../../ui/cli-error.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'

/**
 * Adds to an error that no desk, root or person was found, or that one has to be named, what may be the reason: a desk is here that is not believed yet, because a run was
 * cut off that enrolled there.
 */
export async function adviseUnbelieved({ desks: known, voice }: Shell & State, error: unknown): Promise<unknown> {
  if (!isCliError(error) || !FOUND_NOTHING.has(error.code)) return error
  const records = await known.records().catch(() => []) // the error at hand is the one to tell
  const unbelieved = records.filter(({ record }) => record.enrolledAt === undefined)
  if (unbelieved.length === 0) return error
  const desks = [...new Set(unbelieved.map(({ record }) => deskLabel(record)))].join(' · ')
  return new CliError(error.code, error.facts, error, [voice.text('desk_not_believed_advice', { desks })])
}

const FOUND_NOTHING: ReadonlySet<string> = new Set([
  'recipient_unknown',
  'anchor_missing',
  'anchor_elsewhere',
  'root_missing',
  'tsa_anchor_missing',
  'tsa_url_missing',
  'no_desk',
  'desk_unknown',
  'desk_ambiguous',
  'desk_needed',
  'desk_elsewhere',
])
