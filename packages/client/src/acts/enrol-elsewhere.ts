import type { Choices } from '@scel/contract/values'
import type { RequestFile } from '@scel/files/request'
import type { EnrolmentDoor, StatementDoor } from '../enrol/doors.ts'
import type { ElsewhereForm } from '../enrol/elsewhere-form.ts'
import { askedElsewhere, grantedBy } from '../enrol/foreign-request.ts'
import type { Kit } from '../enrol/kit.ts'
import { keyIdOf, type Stores } from '../keystores/index.ts'
import { readDeskRecord } from '../state/desk-record.ts'
import { withAsked, withoutAsked } from '../state/record-changes.ts'
import { stop } from '../ui/cli-error.ts'
import { type DeskOfKit, deskOfKit } from './desk-of-kit.ts'
import { dropUntaken } from './drop-untaken.ts'
import type { Here } from './here.ts'
import { type Submission, type SubmitEvent, submit } from './submit.ts'

/** What is asked for of a desk, for a server somewhere else. */
export interface ElsewhereWish {
  readonly kit: Kit
  /** Made there, with the key that it is for. */
  readonly file: RequestFile
  readonly form: ElsewhereForm
  readonly choices?: Choices
}

/**
 * Sends a request that was made elsewhere, for whoever made it (E9).
 * @throws DeskError as the desk would refuse it; csr_key_here, kit_root_other, interrupted, and the failures of the connection
 */
export async function enrolElsewhere(
  here: Here & Stores & StatementDoor & EnrolmentDoor,
  { kit, file, choices, form: { contact, machine } }: ElsewhereWish,
  tell: (event: SubmitEvent) => void,
): Promise<Submission> {
  const granted = grantedBy(file, kit.rules)
  const at = await deskOfKit(here, kit)
  const key = keyIdOf(file.fingerprint)
  const asked = askedElsewhere(granted, kit.rules)
  const undo = await undoing(here, at, key)
  const toSubmit = { kit, key, csr: file.pem, asked, contact, ...(choices && { choices }), machine, undo }
  return submit(here, at, toSubmit, tell)
}

/** What a refusal leaves is what was known before: the same request may have been sent already. @throws csr_key_here */
async function undoing(here: Here, { name }: DeskOfKit, key: string): Promise<() => Promise<void>> {
  const before = (await readDeskRecord(here.paths, name))?.asked?.[key]
  // What was asked for a key of this machine is what its certificate is judged by.
  if (before && !before.elsewhere) stop('csr_key_here')
  return () =>
    dropUntaken(
      here,
      name,
      (present) => (before ? withAsked(present, key, before) : withoutAsked(present, key)),
      async () => false,
    ).catch(() => undefined) // what stays has no say
}
