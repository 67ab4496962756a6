import { refuse } from '@scel/contract/errors'
import { ENVIRONMENTS } from '@scel/contract/values'
import type { Draw } from '../../acting/once.ts'
import type { PersonActor } from '../../actor.ts'
import { tokenHash } from '../../hash.ts'
import type { Readers, Stores } from '../../work.ts'
import { type Instant, later } from '../../world.ts'
import type { Credential } from '../credential.ts'
import { LINK_RULES } from './link-credential.ts'

/** A link that was drawn but is in no store yet: hashing awaits more than stores, so it comes before the unit. */
export interface DrawnOwnLink {
  readonly id: string
  readonly token: string
  readonly handle: string
  readonly createdAt: Instant
  readonly expiresAt: Instant
}

export async function drawOwnLink(createdAt: Instant, draw: Draw, lifetime: number): Promise<DrawnOwnLink> {
  const token = draw.secret(createdAt)
  return { id: draw.id, token, handle: await tokenHash(token), createdAt, expiresAt: later(createdAt, lifetime) }
}

export const placeOwnLink = (
  stores: Pick<Stores, 'credentials'>,
  { environment, id: person, credential: madeWith }: PersonActor,
  { token: _, ...link }: DrawnOwnLink,
): Promise<void> =>
  stores.credentials.insert({ ...link, environment, person, kind: 'link', strength: 'low', name: '', madeWith })

/** A link says nothing but its token, not even where it belongs. */
export async function findOwnLink(
  stores: Pick<Readers, 'credentials'>,
  handle: string,
): Promise<Credential | undefined> {
  for (const environment of ENVIRONMENTS) {
    const found = await stores.credentials.findByHandle({ environment }, 'link', handle)
    if (found) return found
  }
  return undefined
}

/**
 * The link that a token opens, while it does.
 * @throws DeskError sign_in_link_unknown, sign_in_link_spent, sign_in_link_expired
 */
export async function requireOwnLink(
  stores: Readers,
  handle: string,
  now: Instant,
): Promise<Credential & { readonly expiresAt: Instant }> {
  const link = await findOwnLink(stores, handle)
  const expiresAt = link?.expiresAt
  if (!link || expiresAt === undefined || (await LINK_RULES.check(stores, link, now))) {
    return refuse('sign_in_link_unknown', {})
  }
  if (link.lastUsedAt !== undefined) refuse('sign_in_link_spent', { at: link.lastUsedAt })
  if (expiresAt <= now) refuse('sign_in_link_expired', { at: expiresAt })
  return { ...link, expiresAt }
}
