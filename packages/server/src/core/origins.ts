import { deskOrigin } from './origins/desk/desk-origin.ts'
import { fileOrigin } from './origins/file/file-origin.ts'
import { invitationOrigin } from './origins/invitation/invitation-origin.ts'
import { kitOrigin } from './origins/kit/kit-origin.ts'
import type { Origins } from './registration/origin.ts'
import type { ReadUnder } from './registration/read-under.ts'

/** What brings requests for certificates, each by its own rules. */
export const createOrigins = (readUnder: ReadUnder): Origins => ({
  kit: kitOrigin,
  file: fileOrigin(readUnder),
  invitation: invitationOrigin,
  desk: deskOrigin,
})
