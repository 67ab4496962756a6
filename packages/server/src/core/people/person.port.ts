import type { PersonState, Role } from '@scel/contract/values'
import type { First, Page, PageQuery } from '../paging.ts'
import type { Scope } from '../scope.ts'
import type { Instant } from '../world.ts'
import type { Person, PersonEntry } from './person.ts'

export interface PersonReader {
  find(scope: Scope, id: string): Promise<Person | undefined>
  entry(scope: Scope, id: string): Promise<PersonEntry | undefined>
  /** Whom somebody invited under this address, in whatever case; without one, before anybody knew who they are. The one that was made first. */
  findInvited(scope: Scope, email: string | undefined): Promise<Person | undefined>
  /** Those of these. */
  findAll(scope: Scope, ids: readonly string[]): Promise<Person[]>
  /**
   * Whom somebody invited who was signed in with this credential, or with one that was added with it, and so on: first those who sign in, then
   * those who may once they open a link or its certificate comes, each newest first; without their certificates.
   */
  invitedWith(scope: Scope, credential: string, now: Instant, limit: number): Promise<First<PersonEntry>>
  /**
   * By name, then id; `search` looks into name and e-mail, without regard to case; a role, an organisation, or both are those of one grant that is
   * neither ended nor over.
   */
  page(scope: Scope, query: PersonQuery): Promise<Page<PersonEntry>>
}

export interface PersonStore extends PersonReader {
  insert(person: Person): Promise<void>
  /** Saves everything that may change: name, state, language, lastSignInAt. */
  update(person: Person): Promise<void>
}

export interface PersonQuery extends PageQuery {
  readonly search?: string
  readonly role?: Role
  readonly state?: PersonState
  readonly organisation?: string
  readonly now: Instant
}
