import type { OriginRules } from '../../registration/origin.ts'

/**
 * What a link says of its request: it was decided with the link, by whoever invited, and is signed once the link is spent. There is no
 * ground on which anybody could decide one that waits: the desk takes in none, and a row that says so is somebody else's.
 */
export const invitationOrigin: OriginRules = {
  beforehand: true,
  ground: async () => undefined,
  hindrance: async () => undefined,
}
