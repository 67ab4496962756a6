import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import { pemEncode } from '@scel/pki/bytes'
import { parseCertificate } from '@scel/pki/x509'
import type { ApplicantActor, PersonActor } from '../actor.ts'
import { actOnce } from '../applicants/applicant-proof.ts'
import type { Nonces } from '../applicants/nonces.ts'
import { withoutBlocked } from '../applicants/require-no-block.ts'
import type { CertificateEntry } from '../certificates/certificate.ts'
import type { Directory } from '../issuance/directory.ts'
import { isAsSigned } from '../issuance/is-as-signed.ts'
import { applicantOwner, personOwner } from '../owner.ts'
import type { Page } from '../paging.ts'
import type { ReadUnder } from '../registration/read-under.ts'
import type { Request } from '../registration/request.ts'
import { isVouchedBy } from '../registration/vouched-owner.ts'
import { scopeFor } from '../rights/rights.ts'
import type { ForgedRow } from '../row-codes.ts'
import { type OwnedPlace, type Scope, scopeAt, scopeOf } from '../scope.ts'
import { inSlices } from '../slices.ts'
import type { Readers, Work } from '../work.ts'
import { type Instant, nowOf, type World } from '../world.ts'
import type { RecipientQuery } from './recipient.port.ts'
import type { Candidate } from './recipient.ts'
import { type SpokenFor, speaksFor, spokenFor } from './spoken-for.ts'

/** The certificate directory: whom files can be sealed to. */
export interface Recipients {
  /** Each under the name and the addresses that it says itself. @throws DeskError cursor_invalid */
  list(actor: PersonActor, query: RecipientsQuery): Promise<RecipientsPage>
  /**
   * For a computer, by its applicant key: what its certificates of this environment open.
   * @throws DeskError applicant_without_certificate, applicant_blocked, applicant_nonce_*, cursor_invalid
   */
  listAsApplicant(
    actor: ApplicantActor,
    environment: contract.Environment,
    query: Omit<RecipientsQuery, 'own'>,
  ): Promise<RecipientsPage>
}

export interface RecipientsQuery extends Omit<RecipientQuery, 'now' | 'person'> {
  /** Those of whoever asks alone; of a computer there are none. */
  readonly own?: boolean
}

export interface RecipientsPage extends Page<contract.Recipient> {
  /** PEM of the authorities above these certificates, each once, without the roots. */
  readonly issuers: readonly string[]
}

interface Needs {
  readonly work: Work
  readonly world: World
  readonly directory: Directory
  readonly nonces: Nonces
  readonly readUnder: Pick<ReadUnder, 'vouchesFor'>
  readonly forged: (row: ForgedRow) => void
}

export function createRecipients({ work, world, directory, nonces, readUnder, forged }: Needs): Recipients {
  /**
   * None of a certificate that somebody wrote over: nobody can seal to it, and the others of the page stay. It is as its authority signed it, and the
   * desk took in a request of that person, in that organisation, with its key.
   */
  const seen = ({ request, isSigned, person, certificate }: WithRequest, email?: string): contract.Recipient[] => {
    const holder = isSigned ? spokenFor(certificate.der) : undefined
    const isTheirs =
      isVouchedBy(readUnder, request, { owner: personOwner(person), key: certificate.key }) &&
      request?.organisation === certificate.organisation
    if (holder === undefined || !isTheirs) {
      const { id, environment } = certificate
      forged({ table: 'certificate', id, environment })
      return []
    }
    return email !== undefined && !speaksFor(holder, email) ? [] : [viewOf(holder, certificate)]
  }
  const answer = async (page: Page<contract.Recipient>): Promise<RecipientsPage> => {
    const issuers = new Set<string>()
    for (const authority of new Set(page.items.map(({ certificate }) => certificate.issuer.id))) {
      for (const { parent, certificate } of await directory.chainOf(authority)) {
        if (parent !== undefined) issuers.add(pemEncode('CERTIFICATE', certificate))
      }
    }
    return { ...page, issuers: [...issuers] }
  }
  const pageIn = (scope: Scope, query: Omit<RecipientQuery, 'now'>): Promise<Page<contract.Recipient>> =>
    inSlices(world, { ...query, now: nowOf(world) }, async (slice) => {
      const { items, ...rest } = await work.read((stores) => pageWithRequests(stores, scope, slice))
      return { ...rest, items: items.flatMap((one) => seen(one, slice.email)) }
    })
  return {
    list: async (actor, { own, ...query }) => {
      const whose = own ? { person: actor.id } : {}
      return answer(await pageIn(scopeFor(actor, 'read_recipients'), { ...query, ...whose }))
    },
    listAsApplicant: async (actor, environment, query) => {
      const scope = await actOnce({ work, nonces }, actor, { environment }, withoutCertificate, async (stores) => {
        const places = await placesOfApplicant(stores, actor, environment, nowOf(world))
        if (places.length === 0) withoutCertificate()
        return scopeOfPlaces(environment, await withoutBlocked(stores, actor.thumbprint, places))
      })
      return answer(await pageIn(scope, query))
    },
  }
}

interface WithRequest extends Candidate {
  /** What it was asked by, which says whose it is. */
  readonly request?: Request
  readonly isSigned: boolean
}

async function pageWithRequests(
  stores: Pick<Readers, 'recipients' | 'requests' | 'authorities'>,
  scope: Scope,
  query: RecipientQuery,
): Promise<Page<WithRequest>> {
  const page = await stores.recipients.page(scope, query)
  const items: WithRequest[] = []
  for (const one of page.items) {
    const { environment, request: number } = one.certificate
    const request = number === undefined ? undefined : await stores.requests.find({ environment }, number)
    const isSigned = await isAsSigned(stores, one.certificate)
    items.push({ ...one, isSigned, ...(request && { request }) })
  }
  return { ...page, items }
}

/** What the managers of all these places would find. */
const scopeOfPlaces = (environment: contract.Environment, places: readonly OwnedPlace[]): Scope =>
  scopeOf(
    environment,
    places.flatMap(({ organisation, service }) => (service === undefined ? [organisation] : [])),
    places.flatMap(({ organisation, service: id }) => (id === undefined ? [] : [{ id, organisation }])),
  )

/**
 * Anybody can make an applicant key, so the key alone opens nothing: what counts is a certificate that was issued for it
 * and that is still valid.
 */
async function placesOfApplicant(
  stores: Readers,
  { thumbprint }: ApplicantActor,
  environment: contract.Environment,
  now: Instant,
): Promise<OwnedPlace[]> {
  const places = new Map<string, OwnedPlace>()
  const entries = await stores.requests.entriesOfOwner({ environment }, applicantOwner(thumbprint), MOST)
  for (const { organisation, service, certificateRef } of entries) {
    if (organisation === undefined) continue
    const place = { environment, organisation, ...(service === undefined ? {} : { service }) }
    const key = `${organisation} ${service ?? ''}`
    if (certificateRef === undefined || certificateRef.notAfter < now || places.has(key)) continue
    const certificate = await stores.certificates.find(scopeAt(place), certificateRef.id)
    if (certificate && !certificate.revoked) places.set(key, place)
  }
  return [...places.values()]
}

function viewOf({ name, addresses }: SpokenFor, certificate: CertificateEntry): contract.Recipient {
  const { organisationRef, issuerRef } = certificate
  const { spec, kind, bits } = parseCertificate(certificate.der).publicKey
  return {
    name,
    addresses: [...addresses],
    ...(organisationRef ? { organisation: { ...organisationRef } } : {}),
    certificate: {
      id: certificate.id,
      subject: certificate.subject,
      serial: certificate.serial,
      fingerprint: certificate.fingerprint,
      key: spec ?? `${kind}-${bits}`,
      issuer: { id: issuerRef.id, name: issuerRef.name },
      notBefore: certificate.notBefore,
      notAfter: certificate.notAfter,
      pem: pemEncode('CERTIFICATE', certificate.der),
    },
  }
}

const withoutCertificate = (): never => refuse('applicant_without_certificate', {})
const MOST = 200
