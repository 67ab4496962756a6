import type { CredentialKind } from '@scel/contract/values'
import type { Scope } from '../scope.ts'
import type { Instant } from '../world.ts'
import type { Credential } from './credential.ts'

export interface CredentialReader {
  find(scope: Scope, id: string): Promise<Credential | undefined>
  /** Without scope: whoever shows it has no other way to say where they belong. */
  findByHandle(kind: CredentialKind, handle: string): Promise<Credential | undefined>
  /** All of a person, ended or not, newest first. */
  ofPerson(scope: Scope, person: string): Promise<Credential[]>
  /** Those that were made in a session that was begun with a certificate, ended or not. */
  madeWith(scope: Scope, certificate: string): Promise<Credential[]>
}

export interface CredentialStore extends CredentialReader {
  insert(credential: Credential): Promise<void>
  /**
   * Ids of certificates of a person that the desk knows them by and whose rows somebody took away. They are forgotten: put back, they open nothing.
   */
  takeLost(scope: Scope, person: string): Promise<string[]>
  /** Saves what may change: name, last use, end. The first end is kept. */
  update(credential: Credential): Promise<void>
  /** Forgets links that were good until before, and with which no session was begun that is still remembered. */
  purge(before: Instant): Promise<number>
}
