import type * as contract from '@scel/contract/values'
import type { DeskActor, PersonActor } from '../actor.ts'
import type { Page, PageQuery } from '../paging.ts'
import type { Instant } from '../world.ts'

export interface People {
  invite(actor: PersonActor, input: InviteInput): Promise<Invited>
  renewInvitation(actor: PersonActor, id: string): Promise<Invited>
  /** Ends his sessions, revokes his certificate, takes his links back. */
  disable(actor: PersonActor, id: string): Promise<void>
  list(actor: PersonActor, query: PeopleQuery): Promise<Page<contract.Person>>
  get(actor: PersonActor, id: string): Promise<contract.Person>
  /** First start and the host's command: makes or re-invites an administrator; the link is good for an hour. */
  inviteAdministrator(
    actor: DeskActor,
    input: { environment: contract.Environment; name?: string; email?: string; language?: 'en' | 'fr' },
  ): Promise<{ token: string; expiresAt: Instant }>
  /** Active administrators of an environment: none means that first start must print a link. */
  countAdministrators(environment: contract.Environment): Promise<number>
}

export interface Invited {
  readonly person: contract.Person
  readonly token: string
  readonly expiresAt: Instant
}

export interface InviteInput {
  readonly name: string
  readonly email: string
  readonly role: contract.Role
  readonly organisation?: string
  readonly language?: 'en' | 'fr'
}

export interface PeopleQuery extends PageQuery {
  readonly search?: string
  readonly role?: contract.Role
  readonly state?: contract.PersonState
  readonly organisation?: string
}
