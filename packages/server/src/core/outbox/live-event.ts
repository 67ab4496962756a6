import type { Environment, LiveEvent, ProfileName } from '@scel/contract/values'
import type { Owner } from '../owner.ts'
import type { Instant } from '../world.ts'

export type LiveKind = LiveEvent['kind']

/** Something changed: what must leave after the commit. */
export interface OutboxEvent {
  readonly environment: Environment
  readonly organisation?: string
  readonly service?: string
  readonly kind: LiveKind
  /** Of the thing that changed. */
  readonly target: string
  readonly state?: string
  /** What it concerns; without one, it is nothing for those who see some profiles only. */
  readonly profile?: ProfileName
  /** Whose it is, where it is somebody's: they are told of it, whatever they have the right to see besides. */
  readonly owner?: Owner
  readonly at: Instant
}

export interface OutboxEntry extends OutboxEvent {
  readonly id: number
}
