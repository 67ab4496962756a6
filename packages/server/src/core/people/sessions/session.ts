import type { Environment, SessionStart, Strength } from '@scel/contract/values'
import type { Instant } from '../../world.ts'

export type SessionEnd = 'signed_out' | 'expired' | 'ended' | 'certificate' | 'credential' | 'role' | 'many'

export interface Session {
  readonly id: string
  readonly environment: Environment
  readonly person: string
  /** SHA-256 of the cookie's token, hex. */
  readonly tokenHash: string
  readonly startedAt: Instant
  readonly lastSeenAt: Instant
  /** Absolute end. The idle end is reckoned from `lastSeenAt`. */
  readonly expiresAt: Instant
  readonly from: string
  readonly agent: string
  readonly how: SessionStart
  /** What it was begun with: its end ends the session. */
  readonly credential: string
  /** Of the credential, when it began. */
  readonly strength: Strength
  readonly ended?: { readonly at: Instant; readonly reason: SessionEnd }
}

export interface SessionEntry extends Session {
  readonly personRef: { readonly id: string; readonly name: string; readonly email?: string }
}
