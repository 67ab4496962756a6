import type { PersonState, Role } from '@scel/contract/values'
import type { Page, PageQuery } from '../paging.ts'
import type { Scope } from '../scope.ts'
import type { Person, PersonEntry } from './person.ts'

export interface PersonReader {
  find(scope: Scope, id: string): Promise<Person | undefined>
  entry(scope: Scope, id: string): Promise<PersonEntry | undefined>
  /** Case does not matter; unique in the environment. */
  findByEmail(scope: Scope, email: string): Promise<Person | undefined>
  /** By the authority's id and the serial in hex, as recorded when the certificate was issued. */
  findByCertificate(scope: Scope, authority: string, serial: string): Promise<Person | undefined>
  /** Active people with the role administrator. */
  /** Whom somebody invited who was signed in with this certificate, newest first, at most 200. */
  invitedWith(scope: Scope, certificate: string): Promise<PersonEntry[]>
  countAdministrators(scope: Scope): Promise<number>
  /** By name, then id; `search` looks into name and e-mail, without regard to case. */
  page(scope: Scope, query: PersonQuery): Promise<Page<PersonEntry>>
}

export interface PersonStore extends PersonReader {
  insert(person: Person): Promise<void>
  /** Saves everything that may change: name, state, language, certificate, lastSignInAt. */
  update(person: Person): Promise<void>
}

export interface PersonQuery extends PageQuery {
  readonly search?: string
  readonly role?: Role
  readonly state?: PersonState
  readonly organisation?: string
}
