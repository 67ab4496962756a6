import type { CredentialKind, PersonState } from '@scel/contract/values'
import type { First } from '../paging.ts'
import type { Scope } from '../scope.ts'
import type { Instant } from '../world.ts'
import type { Credential } from './credential.ts'

/** All that may open something, now or once the database is as it was. */
export interface EveryCredential {
  /** Ended or not, newest first, and also where a row is one that was put back. */
  readonly rows: readonly Credential[]
  /** Those of them that last, as their kind says (`lasts`). There may be many of the others, and nothing is made with one. */
  readonly lasting: readonly Credential[]
  /** Ids of those whose rows somebody took away, each told of; of a certificate its own. */
  readonly lost: readonly string[]
  /** What was drawn last to take the place of all others, as it is noted under a code. */
  readonly last: { readonly order: number; readonly credential?: string }
  /** Certificates made out to them by requests of higher numbers than that order, which they did not add themselves: by rows without a code. */
  readonly later: readonly { readonly certificate: string; readonly request: number }[]
  /** Whether there is nothing else: nobody can say what was taken away where what says it is gone itself. */
  readonly isWhole: boolean
}

interface Holder {
  readonly id: string
  readonly state: PersonState
}

export interface CredentialReader {
  find(scope: Scope, id: string): Promise<Credential | undefined>
  findAll(scope: Scope, ids: readonly string[]): Promise<Credential[]>
  /** The one that nobody ended; where all of that handle have, the newest. */
  findByHandle(scope: Scope, kind: CredentialKind, handle: string): Promise<Credential | undefined>
  /** All of a person, ended or not, newest first. */
  ofPerson(scope: Scope, person: string): Promise<Credential[]>
  /** What lasts of a person, as its kind says, and that nobody ended. */
  openOf(scope: Scope, person: string): Promise<Credential[]>
  /** Of one kind, those of a person that nobody ever signed in with and nobody ended. */
  unused(scope: Scope, person: string, kind: CredentialKind): Promise<Credential[]>
  /** What a person is shown: first what lasts and nobody ended, then of the others what is open or in use, then what has ended; each newest first. */
  shown(scope: Scope, person: string, now: Instant, limit: number): Promise<First<Credential>>
  /** Which of these people have something good that lasts to sign in with. */
  signIn(scope: Scope, people: readonly string[], now: Instant): Promise<ReadonlySet<string>>
  /**
   * Whether they ever had anything to sign in with that lasts, whatever their row says; it is told of where it says that they never came. So they had, where
   * nobody can say.
   */
  hasCome(scope: Scope, person: Holder): Promise<boolean>
  /** For whoever ends all of somebody's. */
  everyOf(scope: Scope, person: string): Promise<EveryCredential>
  /** What lasts and was added with one, and with those, and so on: those that sign in first, each newest first. */
  addedWith(scope: Scope, credential: string, now: Instant, limit: number): Promise<First<Credential>>
  /** What does not last of what was made in sessions that were begun with this one, and nobody ended. */
  passingMadeWith(scope: Scope, credential: string): Promise<Credential[]>
}

export interface CredentialStore extends CredentialReader {
  insert(credential: Credential): Promise<void>
  /**
   * Draws the order of what is decided now to take the place of all that a person signs in with, and notes it: higher than each before.
   * @param credential id that it will have
   * @param least what it is at least
   * @throws DeskError storage_altered where what would note it is gone
   */
  draw(scope: Scope, person: string, credential: string, least: number): Promise<number>
  /** From then on they open nothing, also put back. */
  forget(scope: Scope, person: string, ids: readonly string[]): Promise<void>
  /** Saves what may change: name, last use, end. The first end is kept. */
  update(credential: Credential): Promise<void>
  /** Forgets links that were good until before, and with which no session was begun that is still remembered. */
  purge(before: Instant): Promise<number>
}
