// The certificates of whom a person calls by an e-mail address or a name: what the stores of this machine and the directories of its desks say.

import type { Environment } from '@scel/contract/values'
import { addressesOf, nameOf } from '@scel/files/certificates'
import { checkRecipient, personKey } from '@scel/files/recipients'
import { pemDecode, toBase64 } from '@scel/pki/bytes'
import { mayReceive } from '@scel/pki/cms'
import { isPkiError } from '@scel/pki/errors'
import { type Certificate, mailAddressKey, parseCertificate } from '@scel/pki/x509'
import type { Directory, Listed } from '../../enrol/directory.ts'
import { certificateOf } from '../../enrol/verify-issued.ts'
import { isNamed } from '../../signing/certificates.ts'
import { type DeskRecord, isOfEnvironment, type NamedRecord } from '../../state/desk-record.ts'
import { deskLabel, desksOf, labels } from '../../state/desks.ts'
import { CliError, stop } from '../../ui/cli-error.ts'
import { setOff } from '../../ui/desk-label.ts'
import { chosenDesks, DESK_OPTION, desksThere, oneOf } from '../input/chosen-desks.ts'
import type { Given } from '../input/given.ts'
import type { Keys } from '../input/keys.ts'
import type { Online } from '../input/online.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import { type Candidate, type StatusQuestion, unrevoked } from './unrevoked.ts'

/** What is asked about each name. */
export interface Search {
  readonly session: Shell & State & Keys
  readonly environment: Environment
  readonly given: Given
  readonly online: () => Promise<Online>
  /** Whom a desk is asked through: one for all names, which keeps what it hears of the desk anew. */
  readonly directoryOf: (record: DeskRecord) => Promise<Directory>
  readonly mode: StatusQuestion['mode']
}

/**
 * Whoever works on several computers has a certificate for each: all that are good.
 * @throws recipient_unknown, recipient_unvouched, recipient_otherwise, recipient_several, recipient_desks, recipient_status_unknown, certificate_revoked,
 *   desk_needed, and what desks throw
 */
export async function recipientByName(search: Search, typed: string): Promise<NamedRecipient> {
  const wanted = typed.trim()
  const { certificates: all, desk } = await fromDesks(search, wanted)
  const receivers = all.filter(({ certificate }) => mayReceive(certificate))
  const candidates = receivers.length > 0 ? receivers : all
  if (candidates.length === 0 && (await isFromElsewhere(search.session, wanted)))
    stop('recipient_unvouched', { name: wanted })
  const holders = new Map(candidates.map(({ holder }) => [holder.key, holder.words]))
  const [name = wanted, ...others] = holders.values()
  if (others.length > 0) stop('recipient_several', { name: wanted, found: [...holders.values()].join(' · ') })
  const certificates = await unrevoked(candidates, { ...search, shell: search.session, name })
  return certificates.length > 0 ? { certificates, desk } : stop('recipient_unknown', { name: wanted })
}

/** The certificates of whom was named, and the desk by whose word they are. */
export interface NamedRecipient {
  readonly certificates: readonly Certificate[]
  readonly desk: string
}

interface Known extends Candidate {
  readonly holder: Holder
}

/** Who a certificate is of, to tell people apart. */
interface Holder {
  readonly key: string
  readonly words: string
}

interface Found {
  /** Those of this name that chain to the root of the kit, or were handed to this machine by that desk. */
  readonly certificates: Known[]
  /** Why one of this name is not among them. */
  readonly failure?: unknown
}

/**
 * Nothing says which desk speaks for an address. Where several know it, the newest certificate may be that of a desk which
 * wants to read along, so a person has to say which is meant. A desk whose certificates of the name cannot be trusted, or do not name whom it
 * says they are of, knows it all the same: what another one says is not taken in its place. What a desk handed to this machine is that desk's
 * word as well: it may have certified somebody else's name. Of the test environment nobody is asked unless it is
 * meant: those who administer it name whom they like, also somebody whom production knew until a moment ago.
 * @throws recipient_desks, recipient_otherwise, desk_needed, desk_silent, desk_refuses, the errors of path validation, DeskRefusal
 */
async function fromDesks(search: Search, wanted: string): Promise<{ certificates: Known[]; desk: string }> {
  const { session } = search
  const { own, desks } = await askedDesks(search, wanted, await ownOf(search, wanted))
  const answers: (Found & { readonly desk: string })[] = []
  for (const named of desks) {
    const found: Found = { certificates: own.get(named.name) ?? [] }
    own.delete(named.name)
    const said =
      found.certificates.length > 0 ? found : await oneOf(session, named, desks, () => fromDesk(search, named, wanted))
    if (said.certificates.length === 0 && !said.failure) continue
    answers.push({ ...said, desk: deskLabel(named.record) })
  }
  // Of a desk whose record is gone only the name is left that it had here.
  for (const [desk, certificates] of own) answers.push({ certificates, desk })
  if (answers.length > 1) stop('recipient_desks', { name: wanted, found: answers.map(({ desk }) => desk).join(' · ') })
  const [only] = answers
  if (only?.certificates.length === 0) throw only.failure
  return only ?? { certificates: [], desk: '' }
}

type Own = Map<string, Known[]>

/**
 * Who is asked: the desk that --desk names alone, and then of the stores what it handed out; otherwise each that took a request, or has
 * handed out something of the name. One that is not believed cannot be asked, and nobody else speaks for its people.
 * @throws desk_needed, what `chosenDesks` throws
 */
async function askedDesks(
  { session, given, environment }: Search,
  wanted: string,
  own: Own,
): Promise<{ readonly own: Own; readonly desks: readonly NamedRecord[] }> {
  if (given.text(DESK_OPTION.name) !== undefined) {
    const desks = await chosenDesks(session.desks, given, environment)
    return { desks, own: new Map([...own].filter(([name]) => desks.some((desk) => desk.name === name))) }
  }
  const { believed, unbelieved } = await desksThere(session.desks, environment)
  if (unbelieved.length > 0 && believed.length + unbelieved.length > 1) {
    stop('desk_needed', { question: 'person', name: wanted, desks: labels(desksOf([...believed, ...unbelieved])) })
  }
  const asked = ({ name, record }: NamedRecord): boolean =>
    record.environment === environment && (record.enrolledAt !== undefined || own.has(name))
  return { own, desks: (await session.desks.records()).filter(asked) }
}

/** What the stores of this machine have of the name, by the desk record that it belongs to. */
async function ownOf({ session, environment }: Search, wanted: string): Promise<Own> {
  const found: Own = new Map()
  for (const { identity } of await session.identities.certified()) {
    const { desk } = identity.holder
    // Whoever made a file with a key for somebody's name has that key: a name leads to none that came from elsewhere.
    if (desk === undefined) continue
    const certificate = parseCertificate(identity.certificate)
    if (!identity.current || !isOfEnvironment(desk, environment) || !isNamed(certificate, wanted)) continue
    found.set(desk, [...(found.get(desk) ?? []), { certificate, holder: holderOf(certificate) }])
  }
  return found
}

const isFromElsewhere = async ({ identities }: Keys, wanted: string): Promise<boolean> =>
  (await identities.certified()).some(
    ({ identity: { holder, certificate } }) =>
      holder.desk === undefined && isNamed(parseCertificate(certificate), wanted),
  )

type Item = Listed['items'][number]

/**
 * What a desk says is checked: the chain up to the root of the kit, and that the certificate names who is meant. One that
 * does not chain to it is passed over; the others may.
 */
async function fromDesk({ session, directoryOf }: Search, { record }: NamedRecord, wanted: string): Promise<Found> {
  const asked = wanted.includes('@') ? { email: mailAddressKey(wanted) } : { search: wanted }
  const { items, issuers, next } = await firstFound(await directoryOf(record), asked)
  const intermediates = issuers.map(certificateOf)
  const anchors = pemDecode(record.roots.environment).map(({ der }) => parseCertificate(der))
  const certificates: Known[] = []
  let failure: unknown
  for (const item of items) {
    const leaf = certificateOf(item.certificate.pem)
    if (!isNamed(leaf, wanted)) continue
    const at = new Date(Math.max(session.outside.now().getTime(), leaf.notBefore.getTime())) // the desk's clock may be ahead
    const path = { intermediates, anchors }
    try {
      await checkRecipient(leaf, { at, path: { ...path, revocation: 'not-asked' } }) // that is asked of the one that is taken
      certificates.push({ certificate: leaf, listed: { at, path }, holder: holderOf(leaf) })
    } catch (error) {
      if (!isPkiError(error)) throw error
      failure ??= error
    }
  }
  // Among those that were not sent may be another one of the name.
  if (next !== undefined) stop('recipient_several', { name: wanted, found: wordsOf(items) })
  if (certificates.length === 0 && items.length > 0) {
    failure ??= new CliError('recipient_otherwise', { name: wanted, desk: deskLabel(record), found: wordsOf(items) })
  }
  return { certificates, failure }
}

/** A desk leaves out of a page what it cannot answer for, which may be all of it, and says where the list goes on. */
async function firstFound(directory: Directory, asked: Parameters<Directory['find']>[0]): Promise<Listed> {
  let found = await directory.find({ ...asked, size: MOST })
  for (let pages = 1; found.next !== undefined && found.items.length < MOST && pages < MOST_PAGES; pages++) {
    const { items, issuers } = found
    const more = await directory.find({ ...asked, size: MOST - items.length, after: found.next })
    const all = new Set([...issuers, ...more.issuers])
    found = { ...more, items: [...items, ...more.items], issuers: [...all] }
  }
  return found
}

const wordsOf = (items: readonly Item[]): string => {
  const some = items
    .slice(0, SOME)
    .map(({ name, addresses }) => [setOff(name), ...atMostSome(addresses.slice(0, SOME + 1).map(shown))].join(' '))
  return [...some, ...(items.length > SOME || items.length === 0 ? ['…'] : [])].join(' · ')
}

/** What a desk says that an address is, where it is none, is set off as names are. */
const shown = (address: string): string =>
  address.length <= LONGEST && ADDRESS.test(address) ? `<${address}>` : setOff(address.slice(0, LONGEST))
const ADDRESS = /^[\p{L}\p{N}.!#$%&*+/=?^_{|}~-]+@[\p{L}\p{N}.-]+$/u
const LONGEST = 254

const atMostSome = (words: readonly string[]): readonly string[] =>
  words.length > SOME ? [...words.slice(0, SOME), '…'] : words

/** Of people the subject says less than the addresses: two may have one name. One that names none may be anybody's of that name. */
function holderOf(certificate: Certificate): Holder {
  const addresses = addressesOf(certificate)
  const { serialHex, der } = certificate
  if (addresses.length === 0) return { key: toBase64(der), words: `${nameOf(certificate)} (${serialHex})` }
  const byKey = new Map(addresses.map((address) => [mailAddressKey(address), address.toLowerCase()]))
  return {
    key: personKey(nameOf(certificate), addresses),
    words: [nameOf(certificate), ...[...byKey.values()].map((address) => `<${address}>`)].join(' '),
  }
}

/** So many of one name are looked at, in so many pages, and so many of another one told. */
const [MOST, MOST_PAGES, SOME] = [200, 10, 5]
