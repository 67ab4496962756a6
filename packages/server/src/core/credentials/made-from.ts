import type { Credential } from './credential.ts'

/**
 * The certificates that were made with these, one with the other, ended or not; and those of which nobody can say what they were made with,
 * because its row is gone.
 * @param held all that the same people hold
 * @returns ids, these among them
 */
export function madeFrom(held: readonly Credential[], these: Iterable<string>): ReadonlySet<string> {
  const known = new Set(held.map(({ certificate }) => certificate))
  const reached = new Set(these)
  for (let before = -1; before !== reached.size; ) {
    before = reached.size
    for (const { certificate, madeWith } of held) {
      if (certificate === undefined || madeWith === undefined) continue
      if (reached.has(madeWith) || !known.has(madeWith)) reached.add(certificate)
    }
  }
  return reached
}
