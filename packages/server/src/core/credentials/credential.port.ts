import type { CredentialKind, PersonState } from '@scel/contract/values'
import type { First } from '../paging.ts'
import type { Scope } from '../scope.ts'
import type { Instant } from '../world.ts'
import type { Credential } from './credential.ts'

/** All that may open something, now or once the database is as it was. */
export interface EveryCredential {
  /** Ended or not, newest first, and also where a row is one that was put back. */
  readonly rows: readonly Credential[]
  /** Those of them that last, as their kind says (`isNamed`). There may be many of the others, and nothing is made with one. */
  readonly lasting: readonly Credential[]
  /** Ids of those whose rows somebody took away, each told of; of a certificate its own. */
  readonly lost: readonly string[]
  /** The highest number of a request by which one was decided that takes the place of all others, as it is noted under a code. */
  readonly decided: number
  /** Certificates made out to them by requests of higher numbers than that, which they did not add themselves: by rows without a code. */
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
  /** Without scope: whoever shows it has no other way to say where they belong. */
  findByHandle(kind: CredentialKind, handle: string): Promise<Credential | undefined>
  /** All of a person, ended or not, newest first. */
  ofPerson(scope: Scope, person: string): Promise<Credential[]>
  /** Certificates of a person that nobody ended. */
  openCertificates(scope: Scope, person: string): Promise<Credential[]>
  /** Links of a person that nobody opened and nobody ended. */
  unspentLinks(scope: Scope, person: string): Promise<Credential[]>
  /** What a person is shown: first what nobody ended, then links that are open or in use, then what has ended; each newest first. */
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
  /** Those that were made in a session that was begun with this one, ended or not. */
  madeWith(scope: Scope, credential: string): Promise<Credential[]>
}

export interface CredentialStore extends CredentialReader {
  /** @param decided of a certificate that a link of others made: the number of the request by which that was decided */
  insert(credential: Credential, decided?: number): Promise<void>
  /** From then on they open nothing, also put back. */
  forget(scope: Scope, person: string, ids: readonly string[]): Promise<void>
  /** Saves what may change: name, last use, end. The first end is kept. */
  update(credential: Credential): Promise<void>
  /** Forgets links that were good until before, and with which no session was begun that is still remembered. */
  purge(before: Instant): Promise<number>
}
