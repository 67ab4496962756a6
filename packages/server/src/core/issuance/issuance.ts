import { hasDeskCode, refuse } from '@scel/contract/errors'
import type { AuthorityPurpose } from '@scel/contract/values'
import { keySpecRow } from '@scel/pki/algorithms'
import { usualSignature } from '@scel/pki/crypto'
import { assembleSigned, parseCertificate, parseTbsCertificate } from '@scel/pki/x509'
import type { DeskActor } from '../actor.ts'
import { record } from '../audit/record.ts'
import type { Authority } from '../authorities/authority.ts'
import type { Certificate } from '../certificates/certificate.ts'
import { sha256 } from '../hash.ts'
import type { HeldKey } from '../keys/holder.ts'
import { keepKey } from '../keys/usable-key.ts'
import { type DeskNames, nameOfDesk, refuseNameOfDesk, requireNotOfDesk } from '../names/desk-names.ts'
import { certifyNames } from '../names/hold-names.ts'
import { namesOfCertificate } from '../names/names-of.ts'
import type { Owner, OwnerKind } from '../owner.ts'
import type { Report } from '../report.ts'
import type { Stores, Work } from '../work.ts'
import { type Instant, isAhead, newId, nowOf, type World } from '../world.ts'
import type { Addresses } from './addresses.ts'
import { buildContent, type Wanted } from './content.ts'
import type { Directory } from './directory.ts'
import type { GivingUp, WhyGivenUp } from './given-up.ts'
import { type Intent, ownerOfIntent } from './intent.ts'
import { holderOfIntent } from './intent-holder.ts'
import { issuedAuthority, issuedCertificate } from './issued.ts'
import { issuerOf } from './issuer.ts'
import { type Linted, lint, signLinted } from './linted.ts'
import { requireFamily } from './require-family.ts'
import type { Signer } from './signer.port.ts'
import type { SignerPool } from './signer-pool.ts'
import type { Decided } from './store-intent.ts'

// How every certificate comes about:
//
//   prepare  build → lint → an intent            no store, no key
//   unit 1   the intent, with the decision       the caller's unit: storeIntent(stores, prepared)
//   complete the key signs the stored bytes
//   unit 2   the certificate, the end of the intent, what follows from it, audit and outbox
//
// A crash between the units leaves the intent; `recover` goes on from there with the very same bytes.

export interface Issuance {
  prepare(order: Order): Promise<Prepared>
  /**
   * Signs and stores; `more` joins unit 2. Done twice, it answers the first certificate.
   * @throws DeskError csr_key_revoked when the key was compromised meanwhile, csr_key_in_use when it is somebody else's,
   *   name_not_allowed when a name became the desk's own: nothing is certified then, now or later
   */
  complete(prepared: Signable, more?: Follow): Promise<Certificate>
  /**
   * The same for what was decided for somebody who waits: once its intent is stored it stands, so what hinders the rest
   * now is told to the operator, and the job signs. Undefined then, and where the intent was given up.
   */
  tryComplete(prepared: Prepared, more?: Follow): Promise<Certificate | undefined>
  /** The same for an authority's certificate, with its parent's key (or its own). */
  completeAuthority(intent: Intent): Promise<Authority>
  /** Completes open intents: at start all of them, before anything is answered; later those of daily work. */
  recover(which?: Which): Promise<Recovered>
}

export interface Order extends Wanted {
  readonly authority: Authority
  readonly owner: Owner
  /** The request that was decided. */
  readonly request?: number
  readonly organisation?: string
  readonly service?: string
}

export interface Prepared extends Decided {
  readonly proof: Linted
}

/** What is still to be signed. */
export type Signable = Pick<Prepared, 'intent' | 'proof'>

export interface Which {
  /**
   * Those that were stored before, and those that were stored under a clock that was ahead, whenever that was; all when it is
   * undefined.
   */
  readonly until?: Instant
  /**
   * Of authorities, for which a root signs: at start or by command, never by the clock or for a caller. `alone` leaves out
   * those of daily work.
   * @default false
   */
  readonly ceremonies?: boolean | 'alone'
}

export interface Recovered {
  readonly completed: number
  /** Intents that could not be completed now; they stay open. */
  readonly failed: readonly { readonly intent: string; readonly cause: unknown }[]
}

/** What follows from a certificate, in the unit that stores it. The row of the intent has a code, so what it says is the desk's word. */
export type Follow = (stores: Stores, certificate: Certificate, at: Instant, intent: Intent) => Promise<void>
export type Followers = Readonly<Record<OwnerKind, Follow>>

interface Needs {
  readonly work: Work
  readonly world: World
  readonly pool: SignerPool
  readonly directory: Directory
  readonly addresses: Addresses
  readonly deskNames: DeskNames
  /** By whose the certificate is; given from outside, because issuance does not know who asks. */
  readonly followers: Followers
  readonly givingUp: Pick<GivingUp, 'record'>
  readonly report: Report
}

export function createIssuance({
  deskNames,
  work,
  world,
  pool,
  directory,
  addresses,
  followers,
  givingUp,
  report,
}: Needs): Issuance {
  const prepare = async (order: Order): Promise<Prepared> => {
    const { authority, owner, request, organisation, service, ...wanted } = order
    requireFamily(owner, wanted.profile)
    if (owner.kind !== 'desk') requireNotOfDesk(namesWanted(wanted), deskNames)
    const issuer = issuerOf(authority)
    const tbs = await buildContent(world, addresses, issuer, keySpecRow(issuer.spki).spec, wanted)
    const intent: Intent = {
      id: newId(world),
      environment: authority.environment,
      ...(organisation === undefined ? {} : { organisation }),
      ...(service === undefined ? {} : { service }),
      authority: authority.id,
      signerKey: authority.keyId,
      certificate: newId(world),
      profile: wanted.profile.name,
      tbs,
      purpose: { kind: 'certificate', owner, ...(request === undefined ? {} : { request }) },
      createdAt: nowOf(world),
    }
    const held: HeldKey = {
      environment: intent.environment,
      key: await sha256(wanted.spki),
      holder: holderOfIntent(intent),
    }
    return { intent, held, proof: lint(tbs) }
  }

  const complete = async ({ intent, proof }: Signable, more?: Follow): Promise<Certificate> => {
    const authority = (await directory.find(intent.authority)) ?? unknownAuthority(intent)
    const signer = await pool.kept(intent.signerKey, issuerOf(authority).spki)
    const at = nowOf(world)
    const der = await signed(proof, signer)
    // Whatever the intent says: nobody but the desk is shown a certificate with its names.
    const names = namesOfCertificate(parseCertificate(der))
    const called = names.map(({ name }) => name)
    const owner = ownerOfIntent(intent).kind
    const taken = owner === 'desk' ? undefined : nameOfDesk(called, deskNames)
    const certificate = await issuedCertificate(intent, der, at)
    const stored = await work.transaction(async (stores) => {
      const isOpen = await stores.intents.close(intent.id)
      // Another process, or this one's recovery, was faster, or somebody put the intent back: what came of it stands, and
      // this signature is never shown.
      const done = await stores.certificates.find({ environment: intent.environment }, intent.certificate)
      if (done) return done
      const held: HeldKey = {
        environment: intent.environment,
        key: certificate.key,
        holder: holderOfIntent(intent),
      }
      const why = taken === undefined ? await keepKey(stores, held, at) : 'name_not_allowed'
      if (why) {
        if (isOpen) await givingUp.record(stores, ISSUER, intent, at, why)
        return why
      }
      if (!isOpen) return unknownAuthority(intent)
      await stores.certificates.insert(certificate)
      await certifyNames(stores, certificate, names)
      await recordIssued(stores, certificate, authority)
      await followers[owner](stores, certificate, at, intent)
      await more?.(stores, certificate, at, intent)
      return certificate
    })
    if (stored === 'name_not_allowed') return refuseNameOfDesk(taken!)
    return typeof stored === 'string' ? refuse(stored, {}) : stored
  }

  const completeAuthority = async (intent: Intent): Promise<Authority> => {
    const purpose = intent.purpose.kind === 'authority' ? intent.purpose.purpose : unknownAuthority(intent)
    const proof = lint(intent.tbs)
    const { spki } = parseTbsCertificate(intent.tbs).publicKey
    const selfSigned = intent.authority === intent.certificate
    // What is made an authority is a key of this desk, and what makes it one is the key of its issuer: key files that
    // were put in another's place, or belong to another desk, would make what no chain accepts.
    if (!selfSigned) await pool.once(intent.subjectKeyId ?? '', spki, async () => {})
    const issuer = selfSigned
      ? spki
      : issuerOf((await directory.find(intent.authority)) ?? unknownAuthority(intent)).spki
    // Authorities are issued by roots only, and a root's key is in memory for this one signature.
    const der = await pool.once(intent.signerKey, issuer, (signer) => signed(proof, signer))
    const authority = issuedAuthority(intent, purpose, der, await sha256(der), nowOf(world))
    const held: HeldKey = { environment: intent.environment, key: await sha256(spki), holder: holderOfIntent(intent) }
    const stored = await work.transaction(async (stores) => {
      const made = await stores.authorities.find(intent.certificate)
      if (!(await stores.intents.close(intent.id)) || made) return made
      // On a database that was empty a moment ago, another desk may have made its own meanwhile.
      if (await stores.authorities.isKeyTaken(authority.keyId)) refuse('keys_of_another_desk', {})
      const lost = await keepKey(stores, held, authority.createdAt)
      if (lost) refuse(lost, {})
      await stores.authorities.insert(authority)
      await recordAuthority(stores, authority, purpose)
      return authority
    })
    directory.refresh()
    return stored ?? unknownAuthority(intent)
  }

  return {
    prepare,
    complete,
    tryComplete: async (prepared, more) => {
      try {
        return await complete(prepared, more)
      } catch (error) {
        if (!isGivenUp(error)) report('a certificate was decided and is not signed yet', error)
        return undefined
      }
    },
    completeAuthority,
    recover: async ({ until, ceremonies = false } = {}) => {
      const now = nowOf(world)
      const all = await work.read((stores) => stores.intents.open())
      const open = all.filter(
        ({ createdAt, purpose }) =>
          (until === undefined || createdAt < until || isAhead(createdAt, now)) &&
          (purpose.kind === 'authority' ? ceremonies !== false : ceremonies !== 'alone'),
      )
      const failed: { intent: string; cause: unknown }[] = []
      for (const intent of open) {
        try {
          if (intent.purpose.kind === 'authority') await completeAuthority(intent)
          else await complete({ intent, proof: lint(intent.tbs) })
        } catch (cause) {
          // Given up: there is nothing left to sign.
          if (intent.purpose.kind === 'authority' || !isGivenUp(cause)) failed.push({ intent: intent.id, cause })
        }
      }
      return { completed: open.length - failed.length, failed }
    },
  }
}

const isGivenUp = (error: unknown): boolean => GIVEN_UP.some((code) => hasDeskCode(error, code))
const GIVEN_UP: readonly WhyGivenUp[] = ['csr_key_revoked', 'csr_key_in_use', 'name_not_allowed']

async function signed(proof: Linted, signer: Signer): Promise<Uint8Array> {
  const { tbs, signature } = await signLinted(proof, signer)
  return assembleSigned(tbs, usualSignature(signer.key), signature)
}

async function recordIssued(stores: Stores, certificate: Certificate, authority: Authority): Promise<void> {
  const { environment, organisation, service, id, commonName, issuedAt: at, serial, profile, request } = certificate
  const owner = organisation === undefined ? {} : { organisation }
  await record(stores, ISSUER, {
    environment,
    ...owner,
    at,
    action: 'certificate.issued',
    target: { kind: 'certificate', id, name: commonName },
    facts: { serial, profile, authority: authority.name, ...(request === undefined ? {} : { request }) },
  })
  const of = service === undefined ? {} : { service }
  const about = { environment, ...owner, ...of, profile: certificate.profile, owner: certificate.owner }
  await stores.outbox.append({ ...about, kind: 'certificate', target: id, state: 'valid', at })
}

async function recordAuthority(stores: Stores, authority: Authority, purpose: AuthorityPurpose): Promise<void> {
  const { environment, createdAt: at, id, name, serial, fingerprint } = authority
  const target = { kind: 'authority', id, name } as const
  await record(stores, ISSUER, {
    environment,
    at,
    action: 'authority.made',
    target,
    facts: { purpose, serial, fingerprint },
  })
  await stores.outbox.append({ environment, kind: 'authority', target: id, at })
}

function unknownAuthority(intent: Intent): never {
  throw new Error(`intent ${intent.id} names what does not exist`)
}

const ISSUER: DeskActor = { kind: 'desk', name: 'issuance' }

/** What an end entity would be called by: its common names and alternative names. */
const namesWanted = ({ subject, names }: Wanted): string[] => [
  ...subject.rdns.flat().flatMap(({ type, value }) => (type === 'commonName' && value ? [value] : [])),
  ...names.flatMap((name) => ('value' in name && typeof name.value === 'string' ? [name.value] : [])),
]
