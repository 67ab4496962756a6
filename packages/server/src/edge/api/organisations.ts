import type { KitFile } from '@scel/contract/kit'
import type { Core } from '../../core/core.ts'
import { type About, kitFileName } from './about.ts'
import type { HandlersOf } from './handlers.ts'

type Names =
  | 'listOrganisations'
  | 'getOrganisation'
  | 'createOrganisation'
  | 'setOrganisationNames'
  | 'listKits'
  | 'getKit'
  | 'createKit'
  | 'confirmKit'
  | 'refuseKit'
  | 'withdrawKit'
  | 'endStandingApproval'
  | 'rejectRequestsOfKit'

export function organisationHandlers(core: Core, { name, services, tls }: About): HandlersOf<Names> {
  const { organisations, kits, authorities } = core
  return {
    listOrganisations: async ({ actor, query }) => organisations.list(actor, query),
    getOrganisation: async ({ actor, params }) => organisations.get(actor, params.id),
    createOrganisation: async ({ actor, body, once }) => organisations.create(actor, body, once),
    setOrganisationNames: async ({ actor, params, body }) =>
      organisations.setNameSuffixes(actor, params.id, body.nameSuffixes),
    listKits: async ({ actor, query }) => kits.list(actor, query),
    getKit: async ({ actor, params }) => kits.get(actor, params.id),
    endStandingApproval: async ({ actor, params }) => kits.endStanding(actor, params.id),
    rejectRequestsOfKit: async ({ actor, params, body }) => core.rejectAll.ofKit(actor, params.id, body.reason),
    createKit: async ({ actor, body, once }) => {
      const { kit, secret, rules } = await kits.create(actor, body, once)
      const roots = new Map((await authorities.roots()).map((root) => [root.environment, root.pem]))
      const file: KitFile = {
        format: 'scel-kit/1',
        desk: { id: await core.deskId(), name, services: { ...services } },
        kit: { id: kit.id, name: kit.name, secret },
        rules,
        // The listener's certificate comes from production's hierarchy, whatever the kit is for, unless the operator gave one.
        roots: {
          environment: roots.get(rules.environment) ?? '',
          desk: (tls.given ? tls.anchor : roots.get('production')) ?? '',
          tls: tls.anchor,
        },
      }
      return { kit, file, fileName: kitFileName(file) }
    },
    confirmKit: async ({ actor, params }) => {
      await kits.confirm(actor, params.id)
      return { ok: true }
    },
    refuseKit: async ({ actor, params }) => {
      await kits.refuse(actor, params.id)
      return { ok: true }
    },
    withdrawKit: async ({ actor, params }) => {
      await kits.withdraw(actor, params.id)
      return { ok: true }
    },
  }
}
