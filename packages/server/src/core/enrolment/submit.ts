import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import type { ApplicantActor, DeskActor } from '../actor.ts'
import { type Refusals, SEVERAL, UNKNOWN_NAME } from '../audit/refusals.ts'
import type { Certificate } from '../certificates/certificate.ts'
import { tokenHash } from '../hash.ts'
import { proveCsr } from '../issuance/csr.ts'
import type { Directory } from '../issuance/directory.ts'
import type { Issuance, Prepared } from '../issuance/issuance.ts'
import { namesOfRequest } from '../names/names-of.ts'
import { networkOf } from '../network.ts'
import type { Kit } from '../organisations/kit.ts'
import type { Organisation } from '../organisations/organisation.ts'
import type { Profiles } from '../profiles/profile.ts'
import type { Stores, Work } from '../work.ts'
import { type Instant, nowOf, type World } from '../world.ts'
import { actOnce } from './applicant-proof.ts'
import { checkBinding } from './binding.ts'
import { type Finding, findingsForApplicant } from './finding.ts'
import { lookUp } from './history.ts'
import { requireUsableKit, type ShownKit } from './kit-check.ts'
import type { Nonces } from './nonces.ts'
import { orderFor } from './order.ts'
import { recordStep } from './record-step.ts'
import type { NewRequest, Request, RequestEntry } from './request.ts'
import { summaryOf } from './request-view.ts'
import { withheldFinding, withholds } from './standing-approval.ts'
import { grant } from './subject.ts'

export interface Submission {
  readonly kit: { readonly id: string; readonly secret: string; readonly rules: string }
  /** PEM. */
  readonly csr: string
  readonly machine: contract.MachineFacts
  readonly contact: contract.Contact
}

export interface Submitted {
  readonly request: contract.RequestSummary
  readonly findings: readonly Finding[]
  /** Numbers of the pending requests whose place it took. */
  readonly replaced: number[]
}

export interface SubmitNeeds {
  readonly work: Work
  readonly refusals: Refusals
  readonly world: World
  readonly nonces: Nonces
  readonly profiles: Profiles
  readonly directory: Directory
  readonly issuance: Issuance
}

interface Made {
  readonly number: number
  readonly request: NewRequest
  readonly replaced: number[]
  /** Pending requests of the same subject by others. */
  readonly conflicts: number
  readonly prepared?: Prepared
}

export type Submit = (actor: ApplicantActor, input: Submission) => Promise<Submitted>

/** Takes a request in: checks of kit, key, subject and history, then one unit; with a standing approval, issuance too. */
export function createSubmit({ work, refusals, world, nonces, profiles, directory, issuance }: SubmitNeeds): Submit {
  const findKit = async (
    actor: ApplicantActor,
    input: Submission,
    shown: ShownKit,
  ): Promise<{ kit: Kit; organisation: Organisation }> => {
    const found = await work.read(async (stores) => {
      const kit = await stores.kits.findForApplicant(input.kit.id)
      const organisation = kit && (await stores.organisations.find(kit, kit.organisation))
      return { kit, organisation }
    })
    const at = nowOf(world)
    const { environment = 'production', organisation, id = SEVERAL, name } = found.kit ?? {}
    const owner = organisation === undefined ? {} : { organisation }
    const target = { kind: 'kit', id, ...(name === undefined ? {} : { name }) }
    const deed = { environment, ...owner, at, action: 'request.submitted', target } as const
    // Anybody can try kits, with as many keys of their own as they like: counted by where they come from.
    const network = networkOf(actor.from)
    const bound = { by: network, called: { kind: 'caller', name: UNKNOWN_NAME, from: network } } as const
    return refusals.recording(
      actor,
      deed,
      async () => {
        const kit = requireUsableKit(found.kit, shown, at)
        return { kit, organisation: found.organisation ?? refuse('kit_unknown', {}) }
      },
      bound,
    )
  }

  const read = async (actor: ApplicantActor, input: Submission, kit: Kit, organisation: Organisation) => {
    const csr = await proveCsr(input.csr, kit.keys)
    if (csr.key === actor.thumbprint) refuse('csr_key_weak', { what: 'applicant key' })
    const binding = checkBinding(csr.request, actor.thumbprint)
    const granted = grant(csr.request, csr.spec, profiles[kit.enrolment], organisation)
    const request: NewRequest = {
      environment: kit.environment,
      organisation: organisation.id,
      enrolment: kit.enrolment,
      store: kit.store,
      state: 'pending',
      commonName: granted.commonName,
      subjectKey: granted.subjectKey,
      subject: granted.subject.der,
      names: granted.names,
      csr: csr.der,
      key: csr.key,
      applicant: actor.thumbprint,
      machine: input.machine,
      contact: input.contact,
      from: actor.from,
      kit: { id: kit.id, name: kit.name },
      findings: [
        { code: 'possession_proved', level: 'good', facts: {} },
        { code: 'key_allowed', level: 'good', facts: { key: csr.spec } },
        binding,
        ...granted.findings,
      ],
      submittedAt: nowOf(world),
    }
    // Built and linted for every kit: what could not be issued is refused to whoever can mend it, not to whoever
    // decides. For a kit that decides by itself it is kept, so that submission and decision are one unit.
    const prepared = await issuance.prepare(await orderFor({ ...request, number: 0 }, directory, profiles))
    return { request, ...(kit.standingApproval ? { prepared } : {}) }
  }

  return async (actor, input) => {
    const shown: ShownKit = { secretHash: await tokenHash(input.kit.secret), rules: input.kit.rules }
    const { kit, organisation } = await findKit(actor, input, shown)
    const at = nowOf(world)
    const deed = {
      environment: kit.environment,
      organisation: kit.organisation,
      at,
      action: 'request.submitted',
      target: { kind: 'kit', id: kit.id, name: kit.name },
    } as const
    const made = await refusals.recording(actor, deed, async () => {
      const incoming = await read(actor, input, kit, organisation)
      return actOnce(work, nonces, actor, (stores) => store(stores, actor, { kit, shown, at, ...incoming }))
    })
    const certificate = made.prepared && (await issuance.tryComplete(made.prepared))
    const entry = entryOf(made, organisation, certificate)
    return {
      request: summaryOf(entry),
      findings: findingsForApplicant(made.request.findings),
      replaced: made.replaced,
    }
  }
}

/** What the store would answer: nothing is read that was written a moment ago. */
function entryOf({ number, request, conflicts }: Made, organisation: Organisation, issued?: Certificate): RequestEntry {
  const { id, code, name } = organisation
  const pending = request.state === 'pending'
  const entry = { ...request, number, organisationRef: { id, code, name }, conflicts: pending ? conflicts : 0 }
  if (!issued) return entry
  return { ...entry, certificateRef: { id: issued.id, serial: issued.serial, notAfter: issued.notAfter } }
}

interface Incoming {
  readonly kit: Kit
  readonly shown: ShownKit
  readonly at: Instant
  readonly request: NewRequest
  readonly prepared?: Prepared
}

async function store(stores: Stores, actor: ApplicantActor, incoming: Incoming): Promise<Made> {
  const { shown, at, prepared } = incoming
  // Read again: it may have been withdrawn, or used up, since it was looked at.
  const kit = requireUsableKit(await stores.kits.findForApplicant(incoming.kit.id), shown, at)
  const history = await lookUp(stores, incoming.request, at)
  const withheld = kit.standingApproval ? await withholds(stores, kit, incoming.request, history) : undefined
  const findings = [...incoming.request.findings, ...history.findings, ...(withheld ? [withheldFinding(withheld)] : [])]
  // Decided by the kit: stored as approved from the start, which is one statement less than storing and changing it.
  const decision = prepared && !withheld ? { at, by: kit.createdBy.name, prepared } : undefined
  const request: NewRequest = { ...incoming.request, findings, ...(decision ? decidedBy(decision) : {}) }
  const { environment, organisation } = request
  const number = await stores.requests.insert(request)
  const stored: Request = { ...request, number }
  await stores.names.claim(stored, namesOfRequest(stored))
  await stores.kits.countUse(kit, kit.id)
  await recordStep(stores, actor, { ...stored, state: 'pending' }, { kind: 'submitted', at, facts: { kit: kit.name } })
  await stores.outbox.append({ environment, organisation, kind: 'kit', target: kit.id, at })
  for (const earlier of history.replaced) {
    const change = { state: 'cancelled' } as const
    await recordStep(stores, actor, earlier, { kind: 'replaced', at, change, reason: 'replaced', request: number })
  }
  const replaced = history.replaced.map((earlier) => earlier.number)
  const made = { number, request, replaced, conflicts: history.pendingElsewhere }
  if (!decision) return made

  const maker: DeskActor = { kind: 'desk', name: decision.by }
  await recordStep(stores, maker, stored, { kind: 'approved', at, facts: { standing: true, kit: kit.name } })
  const purpose = { kind: 'request', request: number, applicant: request.applicant } as const
  const intent = { ...decision.prepared.intent, purpose }
  await stores.intents.insert(intent)
  return { ...made, prepared: { ...decision.prepared, intent } }
}

const decidedBy = ({ at, by, prepared }: { at: Instant; by: string; prepared: Prepared }) =>
  ({ state: 'approved', decidedAt: at, decidedBy: by, certificate: prepared.intent.certificate }) as const
