import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import { pemEncode } from '@scel/pki/bytes'
import { isPkiError } from '@scel/pki/errors'
import { parseCertificate } from '@scel/pki/x509'
import type { ApplicantActor, PersonActor } from '../actor.ts'
import { actOnce } from '../applicants/applicant-proof.ts'
import type { Nonces } from '../applicants/nonces.ts'
import { withoutBlocked } from '../applicants/require-no-block.ts'
import type { Directory } from '../issuance/directory.ts'
import { applicantOwner } from '../owner.ts'
import type { Page } from '../paging.ts'
import { scopeFor } from '../rights/rights.ts'
import type { ForgedRow } from '../row-codes.ts'
import { type OwnedPlace, type Scope, scopeAt, scopeOf } from '../scope.ts'
import { inSlices } from '../slices.ts'
import type { Readers, Work } from '../work.ts'
import { type Instant, nowOf, type World } from '../world.ts'
import type { RecipientQuery } from './recipient.port.ts'
import type { Recipient } from './recipient.ts'

/** The certificate directory: whom files can be sealed to. */
export interface Recipients {
  /** @throws DeskError cursor_invalid */
  list(actor: PersonActor, query: RecipientsQuery): Promise<RecipientsPage>
  /**
   * For a computer, by its applicant key: what its certificates of this environment open.
   * @throws DeskError applicant_without_certificate, applicant_blocked, applicant_nonce_*, cursor_invalid
   */
  listAsApplicant(
    actor: ApplicantActor,
    environment: contract.Environment,
    query: RecipientsQuery,
  ): Promise<RecipientsPage>
}

export type RecipientsQuery = Omit<RecipientQuery, 'now'>

export interface RecipientsPage extends Page<contract.Recipient> {
  /** PEM of the authorities above these certificates, each once, without the roots. */
  readonly issuers: readonly string[]
}

interface Needs {
  readonly work: Work
  readonly world: World
  readonly directory: Directory
  readonly nonces: Nonces
  readonly forged: (row: ForgedRow) => void
}

export function createRecipients({ work, world, directory, nonces, forged }: Needs): Recipients {
  /** None of a certificate that somebody wrote over: nobody can seal to it, and the others of the page stay. */
  const view = (recipient: Recipient): contract.Recipient[] => {
    try {
      return [viewOf(recipient)]
    } catch (error) {
      if (!isPkiError(error)) throw error
      const { id, environment } = recipient.certificate
      forged({ table: 'certificate', id, environment })
      return []
    }
  }
  const answer = async (page: Page<Recipient>): Promise<RecipientsPage> => {
    const issuers = new Set<string>()
    for (const authority of new Set(page.items.map(({ certificate }) => certificate.authority))) {
      for (const { parent, certificate } of await directory.chainOf(authority)) {
        if (parent !== undefined) issuers.add(pemEncode('CERTIFICATE', certificate))
      }
    }
    return { ...page, items: page.items.flatMap((one) => view(one)), issuers: [...issuers] }
  }
  const pageIn = (scope: Scope, query: RecipientsQuery): Promise<Page<Recipient>> =>
    inSlices(world, { ...query, now: nowOf(world) }, (slice) =>
      work.read(({ recipients }) => recipients.page(scope, slice)),
    )
  return {
    list: async (actor, query) => answer(await pageIn(scopeFor(actor, 'read_recipients'), query)),
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

function viewOf({ name, email, certificate }: Recipient): contract.Recipient {
  const { organisationRef, issuerRef } = certificate
  const { spec, kind, bits } = parseCertificate(certificate.der).publicKey
  return {
    name,
    email,
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
