import type { DeskPart, Environment, Role, Strength } from '@scel/contract/values'
import type { ServiceOf } from './scope.ts'

/** A signed-in person. */
export interface PersonActor {
  readonly kind: 'person'
  readonly id: string
  readonly name: string
  readonly email?: string
  readonly environment: Environment
  /** The grants of theirs that hold: what they may do, and where. */
  readonly grants: readonly Granted[]
  readonly sessionId: string
  /** How well is known that it is they: of what the session was begun with. */
  readonly strength: Strength
  /** The keys of every certificate that the person was ever issued: SHA-256 of the SPKI, hex. */
  readonly keys: readonly string[]
  /** What the session began with: of a certificate its own id. What is made in it remembers that. */
  readonly credential: string
  readonly from: string
}

/** A grant that holds. */
export interface Granted {
  readonly id: string
  readonly role: Role
  /** The id of the one that it is of; the environment as a whole without it. */
  readonly organisation?: string
  /** The service that it is of; then it is of no organisation as a whole. */
  readonly service?: ServiceOf
}

/** A machine that signed the call with its applicant key; its nonce is spent in the unit of the act. */
export interface ApplicantActor {
  readonly kind: 'applicant'
  /** SHA-256 of the key's SPKI, hex. */
  readonly thumbprint: string
  readonly nonce: string
  readonly from: string
}

/** The desk itself: jobs, recovery, commands on the host. */
export interface DeskActor {
  readonly kind: 'desk'
  readonly name: DeskPart
}

/** Whoever decided something beforehand, and is not there when it counts: a kit's or a link's maker, or the desk, by its own name. */
export type Decider =
  | { readonly kind: 'decider'; readonly id: string; readonly name: string }
  | { readonly kind: 'desk'; readonly name: string }

export const deskDecider = (name: string): Decider => ({ kind: 'desk', name })

/** Whoever is at the door before they are signed in: named in the log, entitled to nothing. */
export interface Caller {
  readonly kind: 'caller'
  /** Of the person they say they are, when that is known. */
  readonly id?: string
  readonly name: string
  readonly from: string
}

export type Actor = PersonActor | ApplicantActor | DeskActor

/** How audit events and timelines name an actor. */
export function actorName(actor: Actor | Caller | Decider): string {
  if (actor.kind === 'applicant') return actor.thumbprint.slice(0, 16)
  return actor.name
}

export const actorFrom = (actor: Actor | Caller | Decider): { from: string } | Record<never, never> =>
  'from' in actor ? { from: actor.from } : {}

/** Id of the person who acts, where that is one. */
export const actorId = (actor: Actor | Caller | Decider): { readonly actorId?: string } =>
  'id' in actor && actor.id !== undefined ? { actorId: actor.id } : {}
