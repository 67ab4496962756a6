import { toHex } from '@scel/pki/bytes'
import type { Certificate } from '@scel/pki/x509'

/** A root that verdicts may rest on. */
export interface TrustedRoot<Desk> {
  readonly anchor: Certificate
  /** Whose root it is; nobody's where a person brought it: that is their own choice. */
  readonly desks: readonly Desk[]
}

/** Each root once, with all whose it is. Two may have one name: they are told apart by their octets. */
export function rootsOf<Desk>(
  all: readonly { readonly anchor: Certificate; readonly desk?: Desk }[],
): readonly TrustedRoot<Desk>[] {
  const found = new Map<string, { readonly anchor: Certificate; readonly desks: Desk[] }>()
  for (const { anchor, desk } of all) {
    const key = toHex(anchor.der)
    const root = found.get(key) ?? { anchor, desks: [] }
    if (desk !== undefined) root.desks.push(desk)
    found.set(key, root)
  }
  return [...found.values()]
}
