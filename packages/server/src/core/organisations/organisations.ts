import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import { isWithin } from '@scel/files/request'
import type { Acts } from '../acting/acts.ts'
import type { Draws } from '../acting/once.ts'
import type { PersonActor } from '../actor.ts'
import { record } from '../audit/record.ts'
import { SEVERAL } from '../audit/refusals.ts'
import type { DeskNames } from '../names/desk-names.ts'
import { parseSuffixes } from '../names/name-suffix.ts'
import { mapPage, type Page, type PageQuery } from '../paging.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { profilesReached } from '../profiles/seen.ts'
import { reachOf, scopeFor } from '../rights/rights.ts'
import { inSlices } from '../slices.ts'
import type { Readers, Work } from '../work.ts'
import { nowOf, type World } from '../world.ts'
import type { Organisation, OrganisationEntry } from './organisation.ts'
import { parseSiren } from './siren.ts'

export interface Organisations {
  /**
   * @param once see `Draws`: the same wish under the same key answers the same organisation
   * @throws DeskError not_allowed, siren_invalid, organisation_code_taken, name_suffix_invalid
   */
  create(actor: PersonActor, input: OrganisationInput, once?: string): Promise<contract.Organisation>
  /**
   * Says what names the organisation's servers may have, instead of those it may have now. What was certified before
   * stays; what is asked for, or not yet approved, has to fit.
   * @throws DeskError not_allowed, not_found, name_suffix_invalid
   */
  setNameSuffixes(actor: PersonActor, id: string, suffixes: readonly string[]): Promise<contract.Organisation>
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
  readonly nameSuffixes?: readonly string[]
}

interface Needs {
  readonly work: Pick<Work, 'read'>
  readonly acts: Acts
  readonly draws: Draws
  readonly world: World
  readonly deskNames: DeskNames
  readonly profiles: Profiles
}

export function createOrganisations({ work, acts, draws, world, deskNames, profiles }: Needs): Organisations {
  const seenBy = (actor: PersonActor) => {
    const reached = profilesReached(actor, 'read_organisations', profiles)
    return { now: nowOf(world), ...(reached && { profiles: reached }) }
  }
  return {
    create: async (actor, input, once) => {
      const draw = draws(actor, 'organisation.create', input, once)
      const target = { kind: 'organisation', id: SEVERAL, name: input.code } as const
      const audited = {
        right: 'make_organisations',
        action: 'organisation.created',
        target,
      } as const
      return acts.actAs(actor, audited, async (stores, actor, at) => {
        const before = await stores.organisations.entry(scopeFor(actor, 'make_organisations'), draw.id, seenBy(actor))
        if (before) return shownTo(actor, stores, before)
        const organisation: Organisation = {
          id: draw.id,
          environment: actor.environment,
          code: input.code,
          name: input.name,
          country: input.country,
          ...(input.siren === undefined ? {} : { siren: parseSiren(input.siren) }),
          nameSuffixes: parseSuffixes(input.nameSuffixes ?? [], deskNames),
          createdAt: at,
        }
        if (await stores.organisations.findByCode(scopeFor(actor, 'make_organisations'), organisation.code)) {
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
          facts: { name, ...(organisation.nameSuffixes.length > 0 && { names: organisation.nameSuffixes.join(', ') }) },
        })
        await stores.outbox.append({ environment, organisation: id, kind: 'organisation', target: id, at })
        const made = { ...organisation, counts: { managers: 0, kits: 0, pending: 0, certificates: 0 } }
        return { ...viewOf(made), nameOverlaps: await overlapsOf(stores, organisation) }
      })
    },
    setNameSuffixes: async (actor, id, given) => {
      const target = { kind: 'organisation', id } as const
      const action = 'organisation.names_changed'
      const audited = { right: 'set_organisation_names', action, target } as const
      return acts.actAs(actor, audited, async (stores, actor, at) => {
        const nameSuffixes = parseSuffixes(given, deskNames)
        const scope = scopeFor(actor, 'set_organisation_names')
        const before = (await stores.organisations.find(scope, id)) ?? refuse('not_found', { what: 'organisation' })
        const [names, previous] = [nameSuffixes.join(', '), before.nameSuffixes.join(', ')]
        if (names !== previous) {
          await stores.organisations.setNameSuffixes(scope, id, nameSuffixes)
          const { environment, code: name } = before
          const named = { kind: 'organisation', id, name } as const
          const facts = { names: names || '–', before: previous || '–' }
          await record(stores, actor, { environment, organisation: id, at, action, target: named, facts })
          await stores.outbox.append({ environment, organisation: id, kind: 'organisation', target: id, at })
        }
        return shownTo(actor, stores, await stores.organisations.entry(scope, id, seenBy(actor)))
      })
    },
    list: async (actor, query) => {
      const seen = { ...query, ...seenBy(actor) }
      const page = await inSlices(world, seen, (slice) =>
        work.read((stores) => stores.organisations.page(scopeFor(actor, 'read_organisations'), slice)),
      )
      return mapPage(page, viewOf)
    },
    get: async (actor, id) => {
      return work.read(async (stores) =>
        shownTo(
          actor,
          stores,
          await stores.organisations.entry(scopeFor(actor, 'read_organisations'), id, seenBy(actor)),
        ),
      )
    },
  }
}

/** Whose names touch those of whom is for those who see every organisation. */
async function shownTo(actor: PersonActor, stores: Readers, found: OrganisationEntry | undefined) {
  const entry = found ?? refuse('not_found', { what: 'organisation' })
  if (reachOf(actor, 'read_organisations') !== 'environment') return viewOf(entry)
  return { ...viewOf(entry), nameOverlaps: await overlapsOf(stores, entry) }
}

/** Other organisations whose names reach into these: each may have certified what the other one may have as well. */
async function overlapsOf(stores: Readers, { id, environment, nameSuffixes }: Organisation) {
  if (nameSuffixes.length === 0) return []
  const others = await stores.organisations.withNameSuffixes(environment)
  return others
    .filter((other) => other.id !== id)
    .flatMap(({ id, code, name, nameSuffixes: theirs }) =>
      theirs
        .filter((suffix) => nameSuffixes.some((own) => isWithin(own, suffix) || isWithin(suffix, own)))
        .map((suffix) => ({ suffix, organisation: { id, code, name } })),
    )
    .slice(0, MOST_OVERLAPS)
}

const MOST_OVERLAPS = 100

const viewOf = ({ environment: _, counts, ...organisation }: OrganisationEntry): contract.Organisation => ({
  ...organisation,
  nameSuffixes: [...organisation.nameSuffixes],
  counts: { ...counts },
})
