import { refuse } from '@scel/contract/errors'
import type { FastifyRequest } from 'fastify'

/** What a call may come from, besides programs that are no browsers. */
export interface OriginRule {
  /** The portal's own origin, for example `https://pki.example.org:8443`. */
  readonly portal: string
  /** Values of `Sec-Fetch-Site` that are taken (Fetch Metadata Request Headers §2.3). */
  readonly sites: readonly string[]
}

/** A browser always says where a changing call comes from; only the portal's own pages may make one. */
export const changingFrom = (portal: string): OriginRule => ({ portal, sites: ['same-origin'] })

/** Reading may also be a typed address or a bookmark (`none`), such as a download opened in a new tab. */
export const readingFrom = (portal: string): OriginRule => ({ portal, sites: ['same-origin', 'none'] })

/** The mutual door is another origin of the same site: the portal links to it and sends its sign-in form there. */
export const mutualFrom = (portal: string): OriginRule => ({ portal, sites: ['same-origin', 'same-site', 'none'] })

/** A form of the portal's own page: with SameSite cookies alone, another site could sign a person in unasked. */
export const formFrom = (portal: string): OriginRule => ({ portal, sites: ['same-site', 'same-origin'] })

/**
 * Refuses what another site makes a browser send. Cookies are SameSite=Strict already; this is the second wall, and the
 * only one at the mutual door, where the browser adds the client certificate by itself.
 *
 * Neither header means no browser: every one that can hold our cookie (or a certificate chosen for us) sends
 * `Sec-Fetch-Site` to a secure address, and `Origin` with every POST and DELETE.
 *
 * @throws DeskError origin_refused
 */
export function refuseForeign({ headers }: Pick<FastifyRequest, 'headers'>, { portal, sites }: OriginRule): void {
  const { origin, 'sec-fetch-site': site } = headers
  // `null` is what sandboxed frames and redirects across sites send: foreign.
  if (origin !== undefined && origin !== portal) refuse('origin_refused', {})
  // Two of the same header arrive joined by a comma, and match nothing.
  if (site !== undefined && !sites.includes(String(site))) refuse('origin_refused', {})
}
