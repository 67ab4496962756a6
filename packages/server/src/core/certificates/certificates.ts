import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import { pemEncode, utf8 } from '@scel/pki/bytes'
import { isPkiError } from '@scel/pki/errors'
import type { Acts } from '../acting/acts.ts'
import type { PersonActor } from '../actor.ts'
import type { Directory } from '../issuance/directory.ts'
import { asSigned } from '../issuance/is-as-signed.ts'
import { isForSignIn } from '../issuance/is-for-sign-in.ts'
import { mapPage, type Page, type PageQuery } from '../paging.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { profilesReached, reachesByGrant, reachesMade, revokes } from '../profiles/seen.ts'
import { reachOf } from '../revocation/compromised-key.ts'
import { neededToRevoke } from '../revocation/needed-to-revoke.ts'
import type { Revocation } from '../revocation/revocation.ts'
import type { Revoker } from '../revocation/revoke.ts'
import { reachedBy, reachesPlace, scopeFor, weaknessFor } from '../rights/rights.ts'
import { inSlices } from '../slices.ts'
import { afterCommit } from '../storage-faults.ts'
import type { Readers, Stores, Work } from '../work.ts'
import { type Instant, nowOf, type World } from '../world.ts'
import type { Certificate, CertificateEntry } from './certificate.ts'
import { detailOf, summaryOf } from './certificate-view.ts'

export interface Certificates {
  /** @throws DeskError cursor_invalid */
  list(actor: PersonActor, query: CertificatesQuery): Promise<Page<contract.CertificateSummary>>
  /** @throws DeskError not_found */
  detail(actor: PersonActor, id: string): Promise<contract.CertificateDetail>
  /** @throws DeskError not_found */
  file(actor: PersonActor, id: string, form: FileForm): Promise<CertificateFile>
  /**
   * Durable when it answers, and on the published list unless the authority cannot sign now. A key that is compromised
   * ends every certificate it has, in each environment; one that was revoked for another reason may be revoked for this one,
   * once (RFC 5280 §5.3.1).
   * @throws DeskError not_allowed, strength_needed, not_found, certificate_already_revoked, last_administrator_certificate
   */
  revoke(actor: PersonActor, id: string, reason: contract.RevocationReason): Promise<contract.Revoked>
}

/** `cer` is DER, `pem` this certificate, `chain` this one and the intermediates. */
export type FileForm = 'cer' | 'pem' | 'chain'

export interface CertificateFile {
  readonly content: Uint8Array
  readonly mediaType: string
  readonly fileName: string
}

export interface CertificatesQuery extends PageQuery {
  readonly search?: string
  readonly status?: contract.CertificateStatus
  readonly profile?: contract.ProfileName
  readonly organisation?: string
  readonly service?: string
}

interface Needs {
  readonly work: Pick<Work, 'read'>
  readonly acts: Acts
  readonly world: World
  readonly directory: Directory
  readonly revocation: Pick<Revocation, 'tryPublish'>
  readonly revoker: Revoker
  readonly profiles: Profiles
  /** Whether the desk took in a request with its key for whoever its row says that it is of; given from above, because requests call revocation. */
  readonly isVouched: (stores: Readers, certificate: Certificate) => Promise<boolean>
  /**
   * Whether an administrator can still sign in when these have ended; given from above, because people call certificates.
   * @throws DeskError last_administrator_certificate
   */
  readonly requireNotLast: (
    stores: Readers,
    ending: readonly Certificate[],
    reason: contract.RevocationReason,
    now: Instant,
  ) => Promise<void>
}

export function createCertificates(needs: Needs): Certificates {
  const { work, acts, world, directory, revocation, profiles } = needs
  /** Whose a certificate is, its row says, which has no code: before that lets somebody act, something else must. @throws DeskError certificate_row_altered */
  const requireVouched = async (stores: Readers, entry: CertificateEntry): Promise<void> => {
    if (!(await needs.isVouched(stores, entry))) refuse('certificate_row_altered', { serial: entry.serial })
  }
  const entryFor = (actor: PersonActor, id: string): Promise<CertificateEntry> =>
    work.read(async (stores) => {
      const entry = await visibleEntry(stores, actor, profiles, id, 'read_certificates', scopeFor)
      await requireAsSigned(stores, entry)
      return entry
    })

  /** @throws DeskError certificate_row_altered on one that somebody wrote over, which lists leave out */
  const detail = async (actor: PersonActor, entry: CertificateEntry): Promise<contract.CertificateDetail> => {
    const chain = await directory.chainOf(entry.authority)
    const { serial, notBefore, notAfter, issuedAt, revoked } = entry
    const dates = [notBefore, notAfter, issuedAt, ...(revoked ? [revoked.at] : [])]
    if (dates.some((date) => Number.isNaN(Date.parse(date)))) refuse('certificate_row_altered', { serial })
    const now = nowOf(world)
    try {
      const needed = await work.read((stores) => neededToRevoke(stores, actor, entry, now))
      return detailOf(entry, chain, now, profiles, mayOf(actor, profiles, entry, needed))
    } catch (error) {
      if (isPkiError(error)) return refuse('certificate_row_altered', { serial }, error)
      throw error
    }
  }

  return {
    list: async (actor, { profile, ...query }) => {
      const wanted = profilesReached(actor, 'read_certificates', profiles, profile)
      const now = nowOf(world)
      const own = profile === undefined ? {} : { ownProfiles: [profile] }
      const page = await inSlices(world, { ...query, now, ...own, ...(wanted && { profiles: wanted }) }, (slice) =>
        work.read((stores) => stores.certificates.page(scopeFor(actor, 'read_certificates'), slice)),
      )
      return mapPage(page, (entry) => summaryOf(entry, now, profiles))
    },
    detail: async (actor, id) => detail(actor, await entryFor(actor, id)),
    file: async (actor, id, form) => {
      const entry = await entryFor(actor, id)
      const stem = stemOf(entry)
      if (form === 'cer') {
        return { content: entry.der, mediaType: 'application/pkix-cert', fileName: `${stem}.cer` }
      }
      const above = form === 'pem' ? [] : (await directory.chainOf(entry.authority)).filter(({ parent }) => parent)
      const all = [entry.der, ...above.map(({ certificate }) => certificate)]
      const text = all.map((der) => pemEncode('CERTIFICATE', der)).join('')
      const fileName = form === 'pem' ? `${stem}.pem` : `${stem}-chain.pem`
      return { content: utf8(text), mediaType: 'application/x-pem-file', fileName }
    },
    revoke: async (actor, id, reason) => {
      const target = { kind: 'certificate', id } as const
      const audited = { right: 'revoke_certificates', action: 'certificate.revoked', target } as const
      const { authorities, ended } = await acts.actAs(actor, audited, async (stores, actor, at) => {
        const entry = await visibleEntry(stores, actor, profiles, id, 'revoke_certificates', reachedBy)
        await requireAsSigned(stores, entry)
        if (!revokes(actor, profiles, entry)) refuse('not_allowed', { right: 'revoke_certificates' })
        const weakness = weaknessFor(actor, 'revoke_certificates', await neededToRevoke(stores, actor, entry, at))
        if (weakness) refuse('strength_needed', weakness)
        const granted = reachesByGrant(actor, 'revoke_certificates', profiles, entry)
        if (!granted || weaknessFor(actor, 'revoke_certificates')) await requireVouched(stores, entry)
        return reason === 'keyCompromise'
          ? compromise(needs, stores, actor, entry, at)
          : revokeOne(needs, stores, actor, entry, at, reason)
      })
      let listed = true
      for (const authority of authorities) listed = (await revocation.tryPublish(authority)) && listed
      return afterCommit(async () => ({ ...(await detail(actor, await entryFor(actor, id))), ended, listed }))
    },
  }
}

/** What its file is called; a name without a letter that every system takes says nothing, and the serial number stands for it. */
function stemOf({ commonName, serial }: CertificateEntry): string {
  const plain = commonName.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 80)
  return /[A-Za-z0-9]/.test(plain) ? plain : serial
}

async function visibleEntry(
  stores: Readers,
  actor: PersonActor,
  profiles: Profiles,
  id: string,
  right: 'read_certificates' | 'revoke_certificates',
  scopeBy: typeof scopeFor,
): Promise<CertificateEntry> {
  const entry = await stores.certificates.entry(scopeBy(actor, right), id)
  const reached = entry && reachesMade(actor, right, profiles, entry)
  return reached ? entry : refuse('not_found', { what: 'certificate' })
}

/** What somebody planted, or wrote over, is shown as nothing and nothing is decided about it: another one may be meant. @throws DeskError certificate_row_altered */
async function requireAsSigned(stores: Readers, entry: CertificateEntry): Promise<void> {
  if ((await asSigned(stores, [entry])).length === 0) refuse('certificate_row_altered', { serial: entry.serial })
}

/** What a revocation ended, and the authorities whose lists are to say so. */
interface Outcome {
  readonly ended: contract.Revoked['ended']
  readonly authorities: readonly string[]
}

type Ending = Pick<Needs, 'revoker' | 'requireNotLast'>

async function revokeOne(
  { revoker, requireNotLast }: Ending,
  stores: Stores,
  actor: PersonActor,
  entry: CertificateEntry,
  at: Instant,
  reason: contract.RevocationReason,
): Promise<Outcome> {
  requireNotRevoked(entry)
  await requireNotLast(stores, ofPeople([entry]), reason, at)
  await revoker.revokeWithin(stores, actor, entry, at, reason)
  return { ended: { certificates: 1, undone: 0 }, authorities: [entry.authority] }
}

/** Of every certificate of the key, whosever it is: whoever knows the key knows it for all of them. */
async function compromise(
  { revoker, requireNotLast }: Ending,
  stores: Stores,
  actor: PersonActor,
  entry: CertificateEntry,
  at: Instant,
): Promise<Outcome> {
  if (entry.revoked?.reason === 'keyCompromise') requireNotRevoked(entry)
  const reach = await reachOf(stores, entry, at)
  const reached = [...reach.ending, ...reach.rewritten, ...reach.past]
  await requireNotLast(stores, ofPeople(reached), 'keyCompromise', at)
  await revoker.compromiseWithin(stores, actor, reach, at)
  const listed = [...reach.ending, ...reach.rewritten].map(({ authority }) => authority)
  const ended = { certificates: reach.ending.length, undone: reach.open.length }
  return { ended, authorities: [...new Set(listed)] }
}

/** Nobody signs in with another's. */
const ofPeople = (certificates: readonly Certificate[]): readonly Certificate[] =>
  certificates.filter(({ owner }) => owner.kind === 'person')

function requireNotRevoked({ revoked }: CertificateEntry): void {
  if (revoked) refuse('certificate_already_revoked', { at: revoked.at, reason: revoked.reason })
}

function mayOf(
  actor: PersonActor,
  profiles: Profiles,
  entry: CertificateEntry,
  revokeNeeds: contract.Strength,
): contract.CertificateDetail['may'] {
  const reason = entry.revoked?.reason
  const ends = revokes(actor, profiles, entry)
  return {
    revoke: ends && reason === undefined,
    revokeNeeds,
    compromise: ends && reason !== undefined && reason !== 'keyCompromise',
    // By what it says itself: nobody who writes the database takes that away, as they may the row by which it signed in.
    madeWith: entry.owner.kind === 'person' && isForSignIn(entry) && reachesPlace(actor, 'trace_certificates', entry),
  }
}
