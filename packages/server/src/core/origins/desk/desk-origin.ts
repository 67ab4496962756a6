import type { OriginRules } from '../../registration/origin.ts'

/** What the desk asks for itself is decided by the program: there is no ground on which anybody else could decide one that waits. */
export const deskOrigin: OriginRules = {
  beforehand: true,
  ground: async () => undefined,
  hindrance: async () => undefined,
}
