import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import type { Caller } from '../../actor.ts'
import { record } from '../../audit/record.ts'
import type { Refusals } from '../../audit/refusals.ts'
import type { SettledConfig } from '../../config.ts'
import type { Credential } from '../../credentials/credential.ts'
import { findOwnLink, requireOwnLink } from '../../credentials/link/own-link.ts'
import { tokenHash } from '../../hash.ts'
import type { Readers, Work } from '../../work.ts'
import { type Instant, nowOf, type World } from '../../world.ts'
import type { Person } from '../person.ts'
import { drawSession, placeSession, strengthOf } from './new-session.ts'
import { actorOf } from './standing.ts'

/** The door for links that people made for themselves. */
export interface LinkSessions {
  /** Whom a link signs in; spends nothing. @throws DeskError sign_in_link_unknown, sign_in_link_spent, sign_in_link_expired, person_disabled */
  inspectLink(token: string): Promise<{
    environment: contract.Environment
    name: string
    email?: string
    expiresAt: Instant
  }>
  /** Spends it: of two who do so at once, one is signed in. @throws DeskError those of `inspectLink` */
  beginWithLink(input: { token: string; from: string; agent: string }): Promise<{ token: string; expiresAt: Instant }>
}

interface Needs {
  readonly work: Work
  readonly refusals: Refusals
  readonly world: World
  readonly config: SettledConfig
}

export function createLinkSessions({ work, refusals, world, config }: Needs): LinkSessions {
  return {
    inspectLink: async (token) => {
      const hash = await tokenHash(token)
      const { link, person } = await work.read((stores) => open(stores, hash, nowOf(world)))
      const { name, email } = person
      return { environment: link.environment, name, ...(email !== undefined && { email }), expiresAt: link.expiresAt }
    },
    beginWithLink: async ({ token, from, agent }) => {
      const hash = await tokenHash(token)
      const drawn = await drawSession(world, config, { from, agent, how: 'link' })
      const found = await work.read((stores) => holderOf(stores, hash))
      if (!found) return refuse('sign_in_link_unknown', {})
      const { environment, id, person } = found.link
      const target = { kind: 'credential', id } as const
      const audited = { environment, at: drawn.startedAt, action: 'session.begun', target } as const
      const caller: Caller = { kind: 'caller', id: person, name: found.person.name, from }
      await refusals.recording(caller, audited, () =>
        work.transaction(async (stores) => {
          const { link, person } = await open(stores, hash, drawn.startedAt)
          await placeSession(stores, person, drawn, link)
          const strength = strengthOf(drawn, link)
          const session = { ...drawn, strength, credential: link.id }
          const actor = actorOf(person, [], session, [])
          await record(stores, actor, { ...audited, facts: { strength } })
        }),
      )
      return { token: drawn.token, expiresAt: drawn.expiresAt }
    },
  }
}

async function holderOf(stores: Readers, hash: string): Promise<{ link: Credential; person: Person } | undefined> {
  const link = await findOwnLink(stores, hash)
  const person = link && (await stores.people.find({ environment: link.environment }, link.person))
  return person && { link, person }
}

async function open(stores: Readers, hash: string, now: Instant) {
  const link = await requireOwnLink(stores, hash, now)
  const { environment, person: id } = link
  const person = (await stores.people.find({ environment }, id)) ?? refuse('sign_in_link_unknown', {})
  if (person.state !== 'active') refuse('person_disabled', {})
  return { link, person }
}
