import { type Decider, deskDecider } from '../../actor.ts'
import type { Invitation } from '../../people/links/invitation.ts'

/**
 * Whose decision it was that a person be certified: that of the second administrator who confirmed the link, or else of whoever made
 * it, as the link itself says. Who has the host needs no account, and decides in the name of the desk.
 */
export const decidedBy = ({ confirmation, madeBy }: Invitation, deskName: string): Decider => {
  const person = confirmation?.given ?? madeBy
  return person ? { kind: 'decider', id: person.id, name: person.name } : deskDecider(deskName)
}
