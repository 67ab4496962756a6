import type { Choices, KeyChoice, MachineFacts } from '@scel/contract/values'
import type { EnrolmentDoor, StatementDoor } from '../enrol/doors.ts'
import type { EnrolForm } from '../enrol/enrol-form.ts'
import type { Kit } from '../enrol/kit.ts'
import { certificateRequest } from '../enrol/request.ts'
import { wishIn } from '../enrol/wish.ts'
import type { DeskHolder, KeyStore, Stores } from '../keystores/index.ts'
import { withoutAsked } from '../state/record-changes.ts'
import { deskOfKit } from './desk-of-kit.ts'
import { dropUntaken } from './drop-untaken.ts'
import type { Here } from './here.ts'
import { type Submission, type SubmitEvent, submit } from './submit.ts'

/** What is asked for of a desk, for this machine. */
export interface EnrolWish {
  readonly kit: Kit
  readonly form: EnrolForm
  readonly choices?: Choices
  readonly commonName: string
  readonly machine: MachineFacts
  /** Where the key is to live; undefined for the usual store. */
  readonly store: string | undefined
}

/** How an enrolment is coming on. `key_left`: its store did not take back a key that nobody has a request with. */
export type EnrolEvent =
  | SubmitEvent
  | { readonly event: 'making_key'; readonly key: KeyChoice }
  | { readonly event: 'key_left'; readonly why: unknown }

/**
 * Enrols this machine: finds the desk of the kit, makes the key where it will live, and sends the request (E1 to E3). Everything that can fail without
 * a trace comes first: the store, the way to the desk.
 * @throws store_unsupported, kit_root_other, interrupted, and the failures of the store and of the connection
 */
export async function enrol(
  here: Here & Stores & StatementDoor & EnrolmentDoor,
  { kit, form, choices, commonName, machine, store: named }: EnrolWish,
  tell: (event: EnrolEvent) => void,
): Promise<Submission> {
  const store = await here.chosenStore(kit.rules.store, named)
  await store.present()
  const at = await deskOfKit(here, kit)
  const { thumbprint } = await here.applicant()

  tell({ event: 'making_key', key: form.key })
  const holder: DeskHolder = { desk: at.name, name: commonName }
  const { key, use } = await store.make(holder, form.key)
  const undo = (): Promise<void> => dropKey(here, store, holder, key, (why) => tell({ event: 'key_left', why }))
  const csr = await certificateRequest({
    rules: kit.rules,
    key: use,
    applicant: thumbprint,
    commonName,
    names: form.names,
    ...(form.locality ? { locality: form.locality } : {}),
    ...(form.state ? { state: form.state } : {}),
  })
    .finally(here.checkpoint)
    .catch(async (error: unknown) => {
      await undo()
      throw error
    })
  const toSubmit = {
    kit,
    key,
    csr,
    asked: wishIn(csr),
    contact: form.contact,
    ...(choices && { choices }),
    machine,
    undo,
  }
  return submit(here, at, toSubmit, tell)
}

/** Nobody has a request with this key. What ended the enrolment counts, not the store that does not do its part. */
async function dropKey(
  here: Here,
  store: KeyStore,
  { desk }: DeskHolder,
  key: string,
  left: (why: unknown) => void,
): Promise<void> {
  const identity = await store.find(desk, key)
  if (identity) await store.remove(identity).catch(left)
  const hasKeys = async (): Promise<boolean> => (await store.list()).some(({ holder }) => holder.desk === desk)
  await dropUntaken(here, desk, (present) => withoutAsked(present, key), hasKeys).catch(() => undefined) // what stays has no say
}
