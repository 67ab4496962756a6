import { KIT_FORMAT, type KitFile } from '@scel/contract/kit'
import type { Core } from '../../core/core.ts'
import { type About, kitFileName } from './about.ts'
import type { HandlersOf } from './handlers.ts'

type Names =
  | 'listOrganisations'
  | 'getOrganisation'
  | 'createOrganisation'
  | 'setOrganisationNames'
  | 'listServices'
  | 'makeService'
  | 'renameService'
  | 'closeService'
  | 'listKits'
  | 'getKit'
  | 'createKit'
  | 'confirmKit'
  | 'refuseKit'
  | 'withdrawKit'
  | 'endStandingApproval'
  | 'rejectRequestsOfKit'

export function organisationHandlers(core: Core, about: About): HandlersOf<Names> {
  const { organisations, services, kits } = core
  return {
    listOrganisations: async ({ actor, query }) => organisations.list(actor, query),
    getOrganisation: async ({ actor, params }) => organisations.get(actor, params.id),
    createOrganisation: async ({ actor, body, once }) => organisations.create(actor, body, once),
    setOrganisationNames: async ({ actor, params, body }) =>
      organisations.setNameSuffixes(actor, params.id, body.nameSuffixes),
    listServices: async ({ actor, params }) => services.list(actor, params.id),
    makeService: async ({ actor, params, body, once }) => services.make(actor, params.id, body.name, once),
    renameService: async ({ actor, params, body }) => services.rename(actor, params.id, params.service, body.name),
    closeService: async ({ actor, params }) => services.close(actor, params.id, params.service),
    listKits: async ({ actor, query }) => kits.list(actor, query),
    getKit: async ({ actor, params }) => kits.get(actor, params.id),
    endStandingApproval: async ({ actor, params }) => kits.endStanding(actor, params.id),
    rejectRequestsOfKit: async ({ actor, params, body }) => core.rejectAll.ofKit(actor, params.id, body.reason),
    createKit: async ({ actor, body, once }) => {
      const statement = await core.statements.current(about) // first: without it there is nothing to hand out
      const { kit, secret, rules } = await kits.create(actor, body, once)
      const file: KitFile = {
        format: KIT_FORMAT,
        desk: statement,
        kit: { id: kit.id, name: kit.name, ...(kit.service && { service: kit.service.name }), secret },
        rules,
      }
      return { kit, file, fileName: kitFileName(file) }
    },
    confirmKit: async ({ actor, params, body }) => {
      await kits.confirm(actor, params.id, body.mark)
      return { ok: true }
    },
    refuseKit: async ({ actor, params, body }) => {
      await kits.refuse(actor, params.id, body.mark)
      return { ok: true }
    },
    withdrawKit: async ({ actor, params }) => {
      await kits.withdraw(actor, params.id)
      return { ok: true }
    },
  }
}
