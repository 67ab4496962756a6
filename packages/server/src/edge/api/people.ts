import type { Core } from '../../core/core.ts'
import type { Invited } from '../../core/people/people.ts'
import type { About } from './about.ts'
import type { HandlersOf } from './handlers.ts'

type Names =
  | 'listPeople'
  | 'invitePerson'
  | 'renewInvitation'
  | 'confirmInvitation'
  | 'refuseInvitation'
  | 'disablePerson'
  | 'getPerson'
  | 'giveGrant'
  | 'endGrant'
  | 'confirmGrant'
  | 'refuseGrant'

export function peopleHandlers({ people, grants }: Core, { services }: About): HandlersOf<Names> {
  // The token stands in the fragment: a browser sends it to nobody.
  const handedOver = ({ person, token, expiresAt, awaiting }: Invited) => ({
    person,
    invitation: { link: invitationLink(services.portal, token), expiresAt, awaiting },
  })
  return {
    listPeople: async ({ actor, query }) => people.list(actor, query),
    invitePerson: async ({ actor, body, once }) => handedOver(await people.invite(actor, body, once)),
    renewInvitation: async ({ actor, params, once }) =>
      handedOver(await people.renewInvitation(actor, params.id, once)),
    confirmInvitation: async ({ actor, params, body }) => {
      await people.confirmInvitation(actor, params.id, body.mark)
      return { ok: true }
    },
    refuseInvitation: async ({ actor, params, body }) => {
      await people.refuseInvitation(actor, params.id, body.mark)
      return { ok: true }
    },
    disablePerson: async ({ actor, params }) => {
      await people.disable(actor, params.id)
      return { ok: true }
    },
    getPerson: async ({ actor, params }) => grants.person(actor, params.id),
    giveGrant: async ({ actor, params, body, once }) => grants.give(actor, params.id, body, once),
    endGrant: async ({ actor, params }) => {
      await grants.end(actor, params.id, params.grant)
      return { ok: true }
    },
    confirmGrant: async ({ actor, params, body }) => {
      await grants.confirm(actor, params.id, params.grant, body.mark)
      return { ok: true }
    },
    refuseGrant: async ({ actor, params, body }) => {
      await grants.refuse(actor, params.id, params.grant, body.mark)
      return { ok: true }
    },
  }
}

/** A one-time link: whoever opens it may become the person it was made for. */
export const invitationLink = (portal: string, token: string): string => `${portal}/invitation#${token}`
