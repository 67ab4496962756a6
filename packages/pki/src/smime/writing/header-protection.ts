// Header protection (RFC 9788): what is signed or sealed holds the header fields of the mail too.

import type { HeaderField } from '../mime/fields.ts'
import { isNamed } from '../mime/fields.ts'
import { writeEntity } from '../mime/write.ts'
import type { Frame } from './frame.ts'
import { withParameter } from './frame.ts'

/** What is signed or sealed, and the fields that travel outside of it. */
export interface Protected {
  readonly payload: Uint8Array
  readonly outside: readonly HeaderField[]
}

/** Without header protection, for programs that it would confuse. */
export const barePayload = ({ message, structure, body }: Frame): Protected => ({
  payload: writeEntity(structure, body),
  outside: message,
})

/** For a mail that is signed only: everybody may read the fields, nobody may change them. */
export const clearPayload = ({ message, structure, body }: Frame): Protected => ({
  payload: writeEntity([...inside(message), ...withParameter(structure, 'hp="clear"')], body),
  outside: message,
})

/** For a mail that is sealed: what the policy hides stands only inside, and what remains outside is noted there. */
export function cipherPayload({ message, structure, body }: Frame, hide: HiddenFields): Protected {
  const outside = message.flatMap(POLICIES[hide])
  const noted = inside(outside).map(({ name, value }) => ({ name: 'HP-Outer', value: `${name}: ${value}` }))
  return {
    payload: writeEntity([...inside(message), ...noted, ...withParameter(structure, 'hp="cipher"')], body),
    outside,
  }
}

/** `subject` hides Subject, Comments and Keywords, as RFC 9788 §3.2.1 (hcp_baseline) has it. */
export type HiddenFields = 'subject' | 'nothing'

/** Bcc is for the sender's own program; inside, all recipients would read it. */
const inside = (fields: readonly HeaderField[]): HeaderField[] => fields.filter((field) => !isNamed(field, 'Bcc'))

const POLICIES: Readonly<Record<HiddenFields, (field: HeaderField) => HeaderField[]>> = {
  nothing: (field) => [field],
  subject: (field) => {
    if (isNamed(field, 'Subject')) return [{ ...field, value: '[...]' }]
    return isNamed(field, 'Comments') || isNamed(field, 'Keywords') ? [] : [field]
  },
}
