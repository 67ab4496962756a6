import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import type { Acts } from '../acting/acts.ts'
import { enrolmentSeenBy, type PersonActor, scopeOf } from '../actor.ts'
import { record } from '../audit/record.ts'
import { SEVERAL } from '../audit/refusals.ts'
import { mapPage, type Page, type PageQuery } from '../paging.ts'
import type { Work } from '../work.ts'
import { newId, nowOf, type World } from '../world.ts'
import type { Organisation, OrganisationEntry } from './organisation.ts'
import { parseSiren } from './siren.ts'

export interface Organisations {
  /** @throws DeskError not_allowed, siren_invalid, organisation_code_taken */
  create(actor: PersonActor, input: OrganisationInput): Promise<contract.Organisation>
  /** @throws DeskError cursor_invalid */
  list(actor: PersonActor, query: PageQuery & { search?: string }): Promise<Page<contract.Organisation>>
  /** @throws DeskError not_found */
  get(actor: PersonActor, id: string): Promise<contract.Organisation>
}

export interface OrganisationInput {
  readonly code: string
  readonly name: string
  readonly country: string
  readonly siren?: string
}

interface Needs {
  readonly work: Pick<Work, 'read'>
  readonly acts: Acts
  readonly world: World
}

export function createOrganisations({ work, acts, world }: Needs): Organisations {
  const seenBy = (actor: PersonActor) => {
    const enrolment = enrolmentSeenBy(actor)
    return { now: nowOf(world), ...(enrolment ? { enrolment } : {}) }
  }
  return {
    create: async (actor, input) => {
      const target = { kind: 'organisation', id: SEVERAL, name: input.code }
      const deed = {
        right: 'organisation.create',
        roles: ADMINISTRATORS,
        action: 'organisation.created',
        target,
      } as const
      return acts.actAs(actor, deed, async (stores, actor, at) => {
        const organisation: Organisation = {
          id: newId(world),
          environment: actor.environment,
          code: input.code,
          name: input.name,
          country: input.country,
          ...(input.siren === undefined ? {} : { siren: parseSiren(input.siren) }),
          createdAt: at,
        }
        if (await stores.organisations.findByCode(scopeOf(actor), organisation.code)) {
          refuse('organisation_code_taken', { code: organisation.code })
        }
        const { id, environment, code, name } = organisation
        await stores.organisations.insert(organisation)
        await record(stores, actor, {
          environment,
          organisation: id,
          at,
          action: 'organisation.created',
          target: { kind: 'organisation', id, name: code },
          facts: { name },
        })
        await stores.outbox.append({ environment, organisation: id, kind: 'organisation', target: id, at })
        return viewOf({ ...organisation, counts: { managers: 0, kits: 0, pending: 0, certificates: 0 } })
      })
    },
    list: async (actor, query) => {
      const seen = { ...query, ...seenBy(actor) }
      return mapPage(await work.read((stores) => stores.organisations.page(scopeOf(actor), seen)), viewOf)
    },
    get: async (actor, id) => {
      const entry = await work.read((stores) => stores.organisations.entry(scopeOf(actor), id, seenBy(actor)))
      return viewOf(entry ?? refuse('not_found', { what: 'organisation' }))
    },
  }
}

const ADMINISTRATORS = ['administrator'] as const

const viewOf = ({ environment: _, counts, ...organisation }: OrganisationEntry): contract.Organisation => ({
  ...organisation,
  counts: { ...counts },
})
