import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import type { ApplicantActor } from '../../actor.ts'
import { actOnceIn } from '../../applicants/applicant-proof.ts'
import type { Block } from '../../applicants/block.ts'
import type { Nonces } from '../../applicants/nonces.ts'
import { requireNoBlock } from '../../applicants/require-no-block.ts'
import { type Bound, type Refusals, refusalCode, SEVERAL, UNKNOWN_NAME } from '../../audit/refusals.ts'
import type { Certificate } from '../../certificates/certificate.ts'
import type { SettledConfig } from '../../config.ts'
import { tokenHash } from '../../hash.ts'
import { proveCsr } from '../../issuance/csr.ts'
import type { Directory } from '../../issuance/directory.ts'
import type { Issuance, Prepared } from '../../issuance/issuance.ts'
import type { Kit } from '../../kits/kit.ts'
import { hasSameRules } from '../../kits/kit-rules.ts'
import { countRefusal, countUse } from '../../kits/kit-uses.ts'
import type { DeskNames } from '../../names/desk-names.ts'
import { networkOf } from '../../network.ts'
import type { Organisation } from '../../organisations/organisation.ts'
import { type Profiles, requireProfile } from '../../profiles/profiles.ts'
import { type Finding, findingsForApplicant } from '../../registration/finding.ts'
import type { History } from '../../registration/history.ts'
import { orderFor } from '../../registration/order.ts'
import type { ReadUnder } from '../../registration/read-under.ts'
import { type Incoming, type Registered, register } from '../../registration/register.ts'
import type { NewRequest, Request, RequestEntry } from '../../registration/request.ts'
import { summaryOf } from '../../registration/request-view.ts'
import { requireNames } from '../../registration/require-names.ts'
import { scopeAt } from '../../scope.ts'
import type { Service } from '../../services/service.ts'
import type { Readers, Stores, Work } from '../../work.ts'
import { type Instant, nowOf, type World } from '../../world.ts'
import { groundOf } from './ground.ts'
import { requireKnownKit, requireOpenService, requireUsableKit, type ShownKit } from './kit-check.ts'
import { createRefusalRate } from './refusal-rate.ts'
import { type StandingNeeds, withheldFinding, withholds } from './standing-approval.ts'
import { requireRate } from './submission-rate.ts'

export interface Submission {
  readonly kit: { readonly id: string; readonly secret: string; readonly rules: string }
  /** PEM. */
  readonly csr: string
  readonly choices?: contract.Choices
  readonly machine: contract.MachineFacts
  readonly contact: contract.Contact
}

export interface Submitted {
  readonly request: contract.RequestSummary
  readonly findings: readonly Finding[]
  /** Numbers of the pending requests whose place it took; none when it is one that waits already. */
  readonly replaced: number[]
}

export interface SubmitNeeds {
  readonly work: Work
  readonly world: World
  readonly nonces: Nonces
  readonly profiles: Profiles
  readonly directory: Directory
  readonly issuance: Issuance
  readonly refusals: Refusals
  readonly config: SettledConfig
  readonly deskNames: DeskNames
  readonly readUnder: ReadUnder
  readonly administrators: StandingNeeds['administrators']
}

interface Found {
  readonly kit: Kit
  readonly organisation: Organisation
  /** The one that the kit is of, if it is of one. */
  readonly service: Service | undefined
  readonly blocked: Block | undefined
}

export type Submit = (actor: ApplicantActor, input: Submission) => Promise<Submitted>

/**
 * Takes a request in: checks of kit, key, subject and history, then one unit; with a standing approval, issuance too. What
 * waits already is answered with its number.
 */
export function createSubmit({
  deskNames,
  work,
  refusals,
  world,
  nonces,
  profiles,
  directory,
  issuance,
  config,
  readUnder,
  administrators,
}: SubmitNeeds): Submit {
  const rate = createRefusalRate(world)
  const findKit = async (actor: ApplicantActor, input: Submission, shown: ShownKit): Promise<Found> => {
    const found = await work.read(async (stores) => {
      const kit = await stores.kits.findForApplicant(input.kit.id)
      const organisation = kit && (await stores.organisations.find(scopeAt(kit), kit.organisation))
      const service = kit && (await serviceOf(stores, kit))
      const blocked = kit && (await stores.blocks.against(kit, actor.thumbprint))
      return { kit, organisation, service, blocked }
    })
    const at = nowOf(world)
    const { environment = 'production', organisation, id = SEVERAL, name } = found.kit ?? {}
    const owner = organisation === undefined ? {} : { organisation }
    const target = { kind: 'kit', id, ...(name === undefined ? {} : { name }) } as const
    const audited = { environment, ...owner, at, action: 'request.submitted', target } as const
    return refusals.recording(
      actor,
      audited,
      async () => {
        const kit = requireKnownKit(found.kit, shown)
        const { organisation = refuse('kit_unknown', {}), service, blocked } = found
        // A row that is not the desk's is none.
        if (kit.service !== undefined && !service) refuse('kit_unknown', {})
        return { kit, organisation, service, blocked }
      },
      boundOf(actor),
    )
  }

  const read = async (
    actor: ApplicantActor,
    input: Submission,
    kit: Kit,
    organisation: Organisation,
  ): Promise<Read> => {
    const csr = await proveCsr(input.csr, kit.keys)
    const laidDown = groundOf(kit, organisation, actor.thumbprint).wish(profiles, csr)
    const wish = { ...laidDown, ...(input.choices && { choices: input.choices }) }
    requireNames(wish, organisation, deskNames)
    const request: NewRequest = {
      ...wish,
      readUnder: readUnder.of(wish, requireProfile(profiles, wish.profile)),
      state: 'pending',
      askedBy: undefined,
      machine: input.machine,
      contact: input.contact,
      from: actor.from,
      submittedAt: nowOf(world),
    }
    // Built and linted for every kit: what could not be issued is refused to whoever can mend it, not to whoever
    // decides. For a kit that decides by itself it is kept, so that submission and decision are one unit.
    const prepared = await issuance.prepare(await orderFor({ ...request, number: 0 }, csr, directory, profiles))
    if (!kit.standingApproval) return { request }
    return { request, prepared, sameRules: await hasSameRules(kit, organisation, profiles) }
  }

  return async (actor, input) => {
    const shown: ShownKit = { secretHash: await tokenHash(input.kit.secret), rules: input.kit.rules }
    const { kit, organisation, service, blocked } = await findKit(actor, input, shown)
    const at = nowOf(world)
    const audited = {
      environment: kit.environment,
      organisation: kit.organisation,
      at,
      action: 'request.submitted',
      target: { kind: 'kit', id: kit.id, name: kit.name },
    } as const
    const by = { key: actor.thumbprint, network: networkOf(actor.from) }
    rate.require(kit.id, by)
    const made = await actOnceIn(
      { work, nonces },
      actor,
      async (unit) => {
        requireUsableKit(kit, shown, at)
        requireOpenService(kit, service)
        requireNoBlock(blocked)
        const asked = await read(actor, input, kit, organisation)
        return unit(async (stores) => {
          // Read again: it may have been withdrawn, or used up, or its service closed, since it was looked at.
          const current = requireUsableKit(await stores.kits.findForApplicant(kit.id), shown, at)
          requireOpenService(current, await serviceOf(stores, current))
          requireNoBlock(await stores.blocks.against(current, actor.thumbprint))
          return register(stores, actor, incomingOf(current, asked, at, { config, profiles, administrators }))
        })
      },
      (stores) => countRefusal(stores, kit),
    ).catch((error: unknown) => {
      const code = refusalCode(error)
      // Anybody who has the octets of a call can send them again: that is no fault of whoever signed it.
      if (code === undefined || code === 'applicant_nonce_spent') throw error
      rate.count(kit.id, by)
      const bound = code.startsWith('kit_') ? boundOf(actor) : {}
      return refusals.recording(actor, audited, () => Promise.reject(error), bound)
    })
    if (made.repeated) rate.repeated(by)
    const certificate = made.prepared && (await issuance.tryComplete(made.prepared))
    const entry = entryOf(made, organisation, service, certificate)
    return {
      request: summaryOf(entry, profiles),
      findings: findingsForApplicant(made.request.findings),
      replaced: made.replaced,
    }
  }
}

const serviceOf = async ({ services }: Pick<Readers, 'services'>, { environment, service }: Kit) =>
  service === undefined ? undefined : services.find({ environment }, service)

/** Anybody can try kits, with as many keys of their own as they like: counted by where they come from. */
function boundOf(actor: ApplicantActor): Bound {
  const network = networkOf(actor.from)
  return { by: network, called: { kind: 'caller', name: UNKNOWN_NAME, from: network } }
}

/** What the store would answer: nothing is read that was written a moment ago. */
function entryOf(
  { number, request, conflicts }: Registered,
  organisation: Organisation,
  service: Service | undefined,
  issued?: Certificate,
): RequestEntry {
  const { id, code, name } = organisation
  const pending = request.state === 'pending'
  const serviceRef = service && { id: service.id, name: service.name }
  const refs = { organisationRef: { id, code, name }, ...(serviceRef && { serviceRef }) }
  const entry = { ...request, number, ...refs, conflicts: pending ? conflicts : 0 }
  if (!issued) return entry
  return { ...entry, certificateRef: { id: issued.id, serial: issued.serial, notAfter: issued.notAfter } }
}

interface Read {
  readonly request: NewRequest
  /** For a kit that decides by itself. */
  readonly prepared?: Prepared
  readonly sameRules?: boolean
}

/** What a kit brings. */
function incomingOf(
  kit: Kit,
  { request, prepared, sameRules = false }: Read,
  at: Instant,
  { config, profiles, administrators }: Pick<SubmitNeeds, 'config' | 'profiles' | 'administrators'>,
): Incoming {
  const { environment, organisation } = kit
  const standing = kit.standingApproval &&
    prepared && { by: { kind: 'decider', ...kit.createdBy } as const, prepared, withheld }
  const follow = async (stores: Stores): Promise<void> => {
    await countUse(stores, kit)
    const part = kit.service === undefined ? {} : { service: kit.service }
    const of = { environment, organisation, ...part, profile: kit.profile }
    await stores.outbox.append({ ...of, kind: 'kit', target: kit.id, at })
  }
  async function withheld(stores: Stores, history: History): Promise<Finding | undefined> {
    const why = await withholds(stores, { profiles, administrators }, { kit, sameRules }, request, history)
    return why && withheldFinding(why, history)
  }
  return {
    ...{ request, at, facts: { kit: kit.name }, follow },
    ...(standing && { standing }),
    requireRoom: (stores, replaced) => requireRoom(stores, request, replaced, config),
    requireRate: (stores) => requireRate(stores, request, config),
  }
}

/**
 * Somebody has to look at each pending request, so that one kit, or one key, may have so many and not more.
 * @param replaced those whose place the new one takes
 * @throws DeskError pending_too_many
 */
async function requireRoom(
  stores: Readers,
  { origin, owner }: NewRequest,
  replaced: readonly Request[],
  { pendingPerApplicant, pendingPerKit }: SettledConfig,
): Promise<void> {
  const freed = replaced.length
  if ((await stores.requests.countPendingOf({ owner }, pendingPerApplicant + freed)) - freed >= pendingPerApplicant) {
    refuse('pending_too_many', { of: 'applicant', most: pendingPerApplicant })
  }
  const here = replaced.filter((one) => one.origin.id === origin.id).length
  if ((await stores.requests.countPendingOf({ origin }, pendingPerKit + here)) - here >= pendingPerKit) {
    refuse('pending_too_many', { of: 'kit', most: pendingPerKit })
  }
}
