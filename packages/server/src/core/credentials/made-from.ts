import type { Credential } from './credential.ts'

/**
 * What was made with these to sign in with, one with the other, ended or not; and that of which nobody can say what it was made with, because its
 * row is gone.
 * @param held all that the same people hold
 * @returns ids of credentials, of certificates their own, these among them
 */
export function madeFrom(held: readonly Credential[], these: Iterable<string>): ReadonlySet<string> {
  const known = new Set(held.map(({ id }) => id))
  const reached = new Set(these)
  for (let before = -1; before !== reached.size; ) {
    before = reached.size
    for (const { id, madeWith } of held) {
      if (madeWith === undefined) continue
      if (reached.has(madeWith) || !known.has(madeWith)) reached.add(id)
    }
  }
  return reached
}
