import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import { KEY_CHOICES } from '@scel/contract/values'
import { pemEncode } from '@scel/pki/bytes'
import type { Acts } from '../../acting/acts.ts'
import type { PersonActor } from '../../actor.ts'
import { SEVERAL } from '../../audit/refusals.ts'
import type { SettledConfig } from '../../config.ts'
import { proveCsr } from '../../issuance/csr.ts'
import type { Directory } from '../../issuance/directory.ts'
import type { Issuance } from '../../issuance/issuance.ts'
import { requireAddress } from '../../mail-address.ts'
import type { DeskNames } from '../../names/desk-names.ts'
import { type Profiles, requireProfile } from '../../profiles/profiles.ts'
import { reachesProfile } from '../../profiles/seen.ts'
import { type Finding, findingsFor } from '../../registration/finding.ts'
import { orderFor } from '../../registration/order.ts'
import type { ReadUnder } from '../../registration/read-under.ts'
import { readyCertificate } from '../../registration/ready-certificate.ts'
import { recordStep } from '../../registration/record-step.ts'
import { register } from '../../registration/register.ts'
import type { NewRequest } from '../../registration/request.ts'
import { summaryOf } from '../../registration/request-view.ts'
import { requireNames } from '../../registration/require-names.ts'
import { scopeFor } from '../../rights/rights.ts'
import { type OpenPlace, openPlace } from '../../services/open-place.ts'
import { afterCommit } from '../../storage-faults.ts'
import type { Readers, Work } from '../../work.ts'
import { type Instant, nowOf, type World } from '../../world.ts'
import { requireRate, requireRoom } from './bounds.ts'
import { groundOf } from './ground.ts'

/**
 * Requests made elsewhere, for a machine that has no client of ours: somebody hands in the file, somebody else decides, and the
 * certificate is handed out as files again.
 */
export interface Files {
  /**
   * Takes a file in. What waits already is answered with its number.
   * @throws DeskError not_allowed, not_found, csr_*, profile_unknown, profile_not_for_origin, choice_not_offered, subject_not_allowed, name_not_allowed,
   *   name_outside_organisation, service_closed, pending_too_many, submissions_too_many, authority_unavailable
   */
  handIn(actor: PersonActor, input: FileInput): Promise<HandedInFile>
  /**
   * The certificate of an approved request with its chain. It is downloaded from then on; once more, nothing changes.
   * @throws DeskError not_allowed, not_found, request_by_applicant, certificate_not_ready
   */
  download(actor: PersonActor, number: number): Promise<Downloaded>
}

export interface FileInput {
  /** Id. */
  readonly organisation: string
  /** Id of one of its services; whoever asks for one of them alone names it. */
  readonly service?: string
  readonly profile: contract.ProfileName
  /** PEM. */
  readonly csr: string
  readonly choices?: contract.Choices
  readonly machine: contract.MachineFacts
  /** Whoever hands it in is written to. */
  readonly contact: Omit<contract.Contact, 'email'>
}

export interface HandedInFile {
  readonly request: contract.RequestSummary
  readonly findings: readonly Finding[]
  /** Numbers of the pending requests whose place it took; none when it is one that waits already. */
  readonly replaced: number[]
}

export interface Downloaded {
  readonly request: contract.RequestSummary
  /** PEM. */
  readonly certificate: string
  /** PEM, issuer first, root last. */
  readonly chain: string[]
  readonly notAfter: Instant
}

interface Needs {
  readonly work: Pick<Work, 'read'>
  readonly acts: Acts
  readonly world: World
  readonly profiles: Profiles
  readonly directory: Directory
  readonly issuance: Pick<Issuance, 'prepare'>
  readonly deskNames: DeskNames
  readonly readUnder: ReadUnder
  readonly config: SettledConfig
}

export function createFiles({
  work,
  acts,
  world,
  profiles,
  directory,
  issuance,
  deskNames,
  readUnder,
  config,
}: Needs): Files {
  const read = async (actor: PersonActor, input: FileInput, place: OpenPlace): Promise<NewRequest> => {
    const { environment, id, name, from } = actor
    const { profile, choices, machine, contact } = input
    const { organisation, service } = place
    const csr = await proveCsr(input.csr, KEY_CHOICES)
    const origin = { kind: 'file', id, name, of: id } as const
    const part = service === undefined ? {} : { service: service.id }
    const laidDown = groundOf({ environment, ...part, profile, origin }, organisation).wish(profiles, csr)
    const wish = { ...laidDown, ...(choices && { choices }) }
    requireNames(wish, organisation, deskNames)
    const request: NewRequest = {
      ...wish,
      readUnder: readUnder.of(wish, requireProfile(profiles, profile)),
      state: 'pending',
      askedBy: id,
      machine,
      contact: { ...contact, email: requireAddress(actor) },
      from,
      submittedAt: nowOf(world),
    }
    // Built and linted: what could not be issued is refused to whoever can mend it, not to whoever decides.
    await issuance.prepare(await orderFor({ ...request, number: 0 }, csr, directory, profiles))
    return request
  }

  return {
    handIn: async (actor, input) => {
      const target = { kind: 'request', id: SEVERAL } as const
      const audited = { right: 'ask_by_file', action: 'request.submitted', target } as const
      const made = await acts.attempt(actor, audited, async (unit) => {
        const place = await work.read((stores) => openPlace(stores, scopeFor(actor, 'ask_by_file'), input))
        requireReached(actor, profiles, input.profile)
        const request = await read(actor, input, place)
        return unit(async (stores, actor, at) => {
          const { service } = await openPlace(stores, scopeFor(actor, 'ask_by_file'), input)
          const facts = { profile: request.profile, ...(service && { service: service.name }) }
          return register(stores, actor, {
            ...{ request, at, facts },
            requireRoom: (stores, replaced) => requireRoom(stores, request, replaced, config),
            requireRate: (stores) => requireRate(stores, request),
          })
        })
      })
      const entry = await afterCommit(() => work.read((stores) => entryOf(stores, actor, profiles, made.number)))
      return {
        request: summaryOf(entry, profiles),
        findings: findingsFor(actor, profiles, made.request.findings),
        replaced: made.replaced,
      }
    },
    download: async (actor, number) => {
      const target = { kind: 'request', id: String(number) } as const
      const audited = { right: 'ask_by_file', action: 'request.downloaded', target } as const
      const { entry, certificate } = await acts.actAs(actor, audited, async (stores, actor, at) => {
        const entry = await entryOf(stores, actor, profiles, number)
        if (entry.origin.kind !== 'file') refuse('request_by_applicant', { request: number })
        const certificate = await readyCertificate(stores, entry)
        if (entry.state !== 'approved') return { entry, certificate }
        const by = { downloadedBy: actor.email ?? actor.name, downloadedById: actor.id }
        const change = { state: 'downloaded', downloadedAt: at, ...by } as const
        await recordStep(stores, actor, entry, { kind: 'downloaded', at, change })
        return { entry: await entryOf(stores, actor, profiles, number), certificate }
      })
      const chain = await afterCommit(() => directory.chainOf(certificate.authority))
      return {
        request: summaryOf(entry, profiles),
        certificate: pemEncode('CERTIFICATE', certificate.der),
        chain: chain.map((one) => pemEncode('CERTIFICATE', one.certificate)),
        notAfter: certificate.notAfter,
      }
    },
  }
}

/** Of a profile that is none of theirs, nothing exists for them. */
function requireReached(actor: PersonActor, profiles: Profiles, profile: contract.ProfileName): void {
  if (!reachesProfile(actor, 'ask_by_file', profiles, profile)) refuse('not_found', { what: 'profile' })
}

async function entryOf(stores: Readers, actor: PersonActor, profiles: Profiles, number: number) {
  const entry = await stores.requests.entry(scopeFor(actor, 'ask_by_file'), number)
  const reached = entry && reachesProfile(actor, 'ask_by_file', profiles, entry.profile)
  return reached ? entry : refuse('not_found', { what: 'request' })
}
