import type { Authority, DueCeremony } from '@scel/contract/values'

export interface AuthorityBranch {
  readonly authority: Authority
  readonly below: readonly AuthorityBranch[]
}

/** The flat list as a hierarchy. One whose parent is not in the list stands at the top, and a circle is cut. */
export function hierarchyOf(authorities: readonly Authority[]): readonly AuthorityBranch[] {
  const known = new Set(authorities.map(({ id }) => id))
  const under = (parent: string | undefined, seen: ReadonlySet<string>): readonly AuthorityBranch[] =>
    authorities
      .filter(
        (one) => (one.parent && known.has(one.parent) && one.parent !== one.id ? one.parent : undefined) === parent,
      )
      .filter(({ id }) => !seen.has(id))
      .map((authority) => ({ authority, below: under(authority.id, new Set([...seen, authority.id])) }))
  return under(undefined, new Set())
}

export type CrlState = 'none' | 'current' | 'late'

export function crlState(crl: Authority['crl'], now: number): CrlState {
  if (!crl) return 'none'
  return Date.parse(crl.nextUpdate) > now ? 'current' : 'late'
}

/** Which sentence says what waits for the root, and whether it is late already. */
export function ceremonyWords({ what, until }: DueCeremony, now: number) {
  const overdue = until !== undefined && Date.parse(until) <= now
  if (what === 'list')
    return {
      words: until === undefined ? 'authorities.ceremonyListNone' : 'authorities.ceremonyList',
      overdue,
    } as const
  return {
    words: until === undefined ? 'authorities.ceremonyAuthority' : 'authorities.ceremonyEnding',
    overdue,
  } as const
}

/** DER of a PEM text, for the download. */
export function derOf(pem: string): Uint8Array {
  const base64 = pem.replace(/-----[^-]+-----/g, '').replace(/\s+/g, '')
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}
