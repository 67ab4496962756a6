import { kitRulesDigest } from '@scel/contract/kit'
import type { BodyOf, OutputOf, submitRequest } from '@scel/contract/routes'
import type { Kit } from '../enrol/kit.ts'
import type { Stores } from '../keystores/index.ts'
import { type AskedNames, changeDeskRecord } from '../state/desk-record.ts'
import { withAsked, withReplaced, withRequest } from '../state/record-changes.ts'
import { type CliError, type DeskRefusal, isCliError, isDeskRefusal } from '../ui/cli-error.ts'
import type { DeskOfKit } from './desk-of-kit.ts'
import { forgetKeys, type KeyStays } from './forget-keys.ts'
import type { Here } from './here.ts'

/** A request, ready to be sent. */
export interface ToSubmit extends Pick<BodyOf<typeof submitRequest>, 'contact' | 'machine' | 'choices'> {
  readonly kit: Kit
  /** Name of its key. */
  readonly key: string
  /** PEM. */
  readonly csr: string
  readonly asked: AskedNames
  /** Undoes what was written down for a request that nobody took. */
  undo(): Promise<void>
}

/** What the desk made of it: a request, what it found about it, and which earlier ones it takes the place of. */
export type Taken = OutputOf<typeof submitRequest>

/** How a sending is coming on. */
export type SubmitEvent =
  | { readonly event: 'sending'; readonly host: string }
  | (Taken & { readonly event: 'taken' })
  | KeyStays

/** What came of it. `refused` leaves nothing behind; where it is `uncertain` the desk may have the request, or will, and the key stays. */
export type Submission =
  | (Taken & { readonly outcome: 'taken' })
  | { readonly outcome: 'refused'; readonly why: DeskRefusal }
  | { readonly outcome: 'uncertain'; readonly why: DeskRefusal | CliError }

/**
 * Sends a request, and remembers it.
 * @throws interrupted, and what remembering throws
 */
export async function submit(
  here: Here & Stores,
  { name, desk, recordOf }: DeskOfKit,
  { kit, key, csr, contact, machine, choices, ...toSubmit }: ToSubmit,
  tell: (event: SubmitEvent) => void,
): Promise<Submission> {
  // From here on the desk may say that it has a request, and not before.
  const asked = { ...toSubmit.asked, sentAt: here.now().toISOString() }
  await changeDeskRecord(here.paths, name, (present) => withAsked(recordOf(present), key, asked))
  tell({ event: 'sending', host: desk.host })
  const { id, secret } = kit.kit
  const shown = { id, secret, rules: await kitRulesDigest(kit.rules) }
  const body = { kit: shown, csr, ...(choices && { choices }), machine, contact }
  let taken: Taken
  try {
    taken = await desk.submit(body)
  } catch (why) {
    // Only a 4xx refuses: a key that somebody may have certified is never given up.
    if (isDeskRefusal(why) && why.problem.status < 500) {
      await toSubmit.undo()
      return { outcome: 'refused', why }
    }
    if (isDeskRefusal(why) || (isCliError(why) && why.code !== 'interrupted')) return { outcome: 'uncertain', why }
    throw why
  }
  const { request, replaced } = taken
  const heardAt = here.now().toISOString()
  const record = await changeDeskRecord(here.paths, name, (present) => ({
    // Once more: another run may have written the record, or somebody had the desk forgotten, meanwhile.
    ...withAsked(withReplaced(withRequest(recordOf(present), request, key), replaced), key, asked),
    heardAt,
    enrolledAt: present?.enrolledAt ?? heardAt,
  }))
  tell({ event: 'taken', ...taken })
  const ended = record.requests.filter(({ number }) => replaced.includes(number))
  await forgetKeys(here, { name, record }, ended, tell)
  return { outcome: 'taken', ...taken }
}
