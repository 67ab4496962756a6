import { type Certificate, fingerprint } from '@scel/pki/x509'
import type { TrustedRoot } from './trusted-root.ts'

/** What a verdict rests on. */
export interface Trust<Desk> {
  readonly anchors: readonly Certificate[]
  /** Whose the root with this fingerprint is; nobody's where a person brought it. */
  readonly vouchedBy: (root: string) => readonly Desk[]
}

/** Anchors that know whose they are. */
export async function trustIn<Desk>(roots: readonly TrustedRoot<Desk>[]): Promise<Trust<Desk>> {
  const desks = new Map<string, readonly Desk[]>()
  for (const root of roots) desks.set(await fingerprint(root.anchor.der), root.desks)
  return { anchors: roots.map(({ anchor }) => anchor), vouchedBy: (root) => desks.get(root) ?? [] }
}
