import { refuse } from '@scel/contract/errors'
import { sameSecret } from '../../hash.ts'
import { type Kit, kitState } from '../../kits/kit.ts'
import type { Service } from '../../services/service.ts'
import type { Instant } from '../../world.ts'

/** What the holder of a kit file shows of it. */
export interface ShownKit {
  /** SHA-256 of the secret, hex. */
  readonly secretHash: string
  /** SHA-256 of the rules in the file, hex. */
  readonly rules: string
}

/**
 * Whether somebody holds this kit at all. An unknown kit and a wrong secret look alike, so that ids cannot be tried out.
 * @throws DeskError kit_unknown
 */
export function requireKnownKit(kit: Kit | undefined, shown: ShownKit): Kit {
  return kit && sameSecret(kit.secretHash, shown.secretHash) ? kit : refuse('kit_unknown', {})
}

/**
 * Whether the kit lets anybody ask now.
 * @throws DeskError kit_unknown, kit_altered, kit_withdrawn, kit_expired, kit_used_up
 */
export function requireUsableKit(found: Kit | undefined, shown: ShownKit, now: Instant): Kit {
  const kit = requireKnownKit(found, shown)
  if (!sameSecret(kit.rulesDigest, shown.rules)) refuse('kit_altered', { field: 'rules' })
  switch (kitState(kit, now)) {
    case 'withdrawn':
      return refuse('kit_withdrawn', { at: kit.withdrawnAt ?? now })
    case 'expired':
      return refuse('kit_expired', { at: kit.expiresAt })
    case 'used-up':
      return refuse('kit_used_up', { uses: kit.usesAllowed })
    case 'active':
      return kit
  }
}

/**
 * Whether the service that a kit is of lets anybody ask. Closing it withdrew its kits: one whose row was away then, and is back, is withdrawn all the
 * same.
 * @throws DeskError kit_unknown, kit_withdrawn
 */
export function requireOpenService(kit: Kit, service: Service | undefined): void {
  if (kit.service === undefined) return
  const { closedAt } = service ?? refuse('kit_unknown', {}) // a row that is not the desk's is none
  if (closedAt !== undefined) refuse('kit_withdrawn', { at: closedAt })
}
