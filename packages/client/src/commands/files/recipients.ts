// Whom something is sealed for: certificates in files, and those of e-mail addresses and names.

import { stat } from 'node:fs/promises'
import type { Environment } from '@scel/contract/values'
import { pemDecode } from '@scel/pki/bytes'
import { isPkiError } from '@scel/pki/errors'
import { validatePath } from '@scel/pki/path'
import { type Certificate, extension, parseCertificate } from '@scel/pki/x509'
import { certificateOf } from '../../enrol/verify-issued.ts'
import { storedIdentities } from '../../identities/chosen-identity.ts'
import { addressesOf, isSignersName, nameOf } from '../../signing/certificates.ts'
import { isOfEnvironment, type NamedRecord, readDeskRecords } from '../../state/desk-record.ts'
import { deskLabel } from '../../state/desks.ts'
import { stop } from '../../ui/cli-error.ts'
import { chosenDesks, DESK_OPTION, oneOf } from '../input/chosen-desks.ts'
import type { Given } from '../input/given.ts'
import { dersOf, readMaterial } from '../input/material.ts'
import { type Online, openOnline } from '../input/online.ts'
import type { Session } from '../input/session.ts'
import { type Candidate, type StatusQuestion, unrevoked } from './unrevoked.ts'

/**
 * The certificates that `--to` means, each once: a file, else an e-mail address or a whole name that the stores of this
 * machine or the directories of its desks know.
 * @throws recipient_needed, recipient_unknown, recipient_several, recipient_desks, recipient_status_unknown, certificate_revoked,
 *   certificate_missing, and what reading and desks throw
 */
export async function recipientsOf(session: Session, given: Given): Promise<Certificate[]> {
  const wanted = given.list('to')
  if (wanted.length === 0) stop('recipient_needed')
  let opened: Promise<Online> | undefined
  const search: Search = {
    session,
    environment: given.environment() ?? 'production',
    given,
    online: () => {
      opened ??= openOnline(session) // one for all names: many are on the same list
      return opened
    },
    mode: given.text('revocation') === 'if-known' ? 'if-known' : 'required',
  }
  // A mistyped one is told, whoever is meant.
  if (given.text(DESK_OPTION.name) !== undefined) await chosenDesks(session, given, search.environment)
  const found = new Map<string, Certificate>()
  for (const one of wanted) {
    session.checkpoint()
    const certificates = (await isFile(one)) ? await fromFile(session, given, one) : [await byName(search, one)]
    for (const certificate of certificates) found.set(Buffer.from(certificate.der).toString('latin1'), certificate)
  }
  return [...found.values()]
}

// What looks like a path is one, so that a mistyped path is said to be missing and not taken for a name.
const isFile = async (wanted: string): Promise<boolean> =>
  wanted === '-' ||
  /[\\/]|\.(pem|crt|cer|der|p7b|p7c|p12|pfx)$/i.test(wanted) ||
  (await stat(wanted).then(
    (found) => found.isFile(),
    () => false,
  ))

/** Those of the holders in a file, without the authorities that come along. */
async function fromFile(session: Session, given: Given, file: string): Promise<Certificate[]> {
  const { items } = await readMaterial(session, given, file)
  const all = dersOf(items, 'certificate').map(parseCertificate)
  const holders = all.filter((one) => extension(one, 'basicConstraints')?.ca !== true)
  if (holders.length === 0) return all.length > 0 ? all.slice(0, 1) : stop('certificate_missing', { file })
  // Of somebody who signs with one key and receives with another the file may hold both.
  const receivers = holders.filter(isForReceiving)
  return receivers.length > 0 ? receivers : holders
}

/** What is asked about each name. */
interface Search {
  readonly session: Session
  readonly environment: Environment
  readonly given: Given
  readonly online: () => Promise<Online>
  readonly mode: StatusQuestion['mode']
}

async function byName(search: Search, wanted: string): Promise<Certificate> {
  const all = await fromDesks(search, wanted)
  const receivers = all.filter(({ certificate }) => isForReceiving(certificate))
  const candidates = receivers.length > 0 ? receivers : all
  const names = [...new Set(candidates.map(({ certificate }) => holderOf(certificate)))]
  const [name = wanted, ...others] = names
  if (others.length > 0) stop('recipient_several', { name: wanted, found: names.join(' · ') })
  // A person may have two while one takes the place of the other.
  candidates.sort(({ certificate: one }, { certificate: other }) => other.notBefore.getTime() - one.notBefore.getTime())
  return (await unrevoked(candidates, { ...search, name })) ?? stop('recipient_unknown', { name: wanted })
}

interface Found {
  /** Those of this name that chain to the root of the kit, or were handed to this machine by that desk. */
  readonly certificates: Candidate[]
  /** Why one of this name is not among them. */
  readonly failure?: unknown
}

/**
 * Nothing says which desk speaks for an address. Where several know it, the newest certificate may be that of a desk which
 * wants to read along, so a person has to say which is meant. A desk whose certificates of the name cannot be trusted knows
 * it all the same: what another one says is not taken in its place. What a desk handed to this machine is that desk's word as well: it
 * may have certified somebody else's name. Of the test environment nobody is asked unless it is
 * meant: those who administer it name whom they like, also somebody whom production knew until a moment ago.
 * @throws recipient_desks, desk_silent, desk_refuses, the errors of path validation, DeskRefusal
 */
async function fromDesks(search: Search, wanted: string): Promise<Candidate[]> {
  const { session } = search
  const { own, desks } = await askedDesks(search, await ownOf(search, wanted))
  const answers: (Found & { readonly desk: string })[] = []
  for (const named of desks) {
    const found: Found = { certificates: own.get(named.name) ?? [] }
    own.delete(named.name)
    const said =
      found.certificates.length > 0 ? found : await oneOf(session, named, desks, () => fromDesk(session, named, wanted))
    if (said.certificates.length === 0 && !said.failure) continue
    answers.push({ ...said, desk: deskLabel(named.record) })
  }
  // Of a desk whose record is gone only the name is left that it had here.
  for (const [desk, certificates] of own) answers.push({ certificates, desk })
  if (answers.length > 1) stop('recipient_desks', { name: wanted, found: answers.map(({ desk }) => desk).join(' · ') })
  const [only] = answers
  if (only?.certificates.length === 0) throw only.failure
  return only?.certificates ?? []
}

type Own = Map<string, Candidate[]>

/**
 * Who is asked: the desk that --desk names alone, and then of the stores what it handed out; otherwise each that took a request, or has
 * handed out something of the name.
 * @throws what `chosenDesks` throws
 */
async function askedDesks(
  { session, given, environment }: Search,
  own: Own,
): Promise<{ readonly own: Own; readonly desks: readonly NamedRecord[] }> {
  if (given.text(DESK_OPTION.name) !== undefined) {
    const desks = await chosenDesks(session, given, environment)
    return { desks, own: new Map([...own].filter(([name]) => desks.some((desk) => desk.name === name))) }
  }
  const records = await readDeskRecords(session.paths)
  const asked = ({ name, record }: NamedRecord): boolean =>
    record.environment === environment && (record.enrolledAt !== undefined || own.has(name))
  return { own, desks: records.filter(asked) }
}

/** What the stores of this machine have of the name, by the desk record that it belongs to. */
async function ownOf({ session, environment }: Search, wanted: string): Promise<Own> {
  const found: Own = new Map()
  for (const { identity } of await storedIdentities(session)) {
    const { desk } = identity.holder
    const certificate = parseCertificate(identity.certificate)
    if (!identity.current || !isOfEnvironment(desk, environment) || !isSignersName(certificate, wanted)) continue
    found.set(desk, [...(found.get(desk) ?? []), { certificate }])
  }
  return found
}

/**
 * What a desk says is checked: the chain up to the root of the kit, and that the certificate names who is meant. One that
 * does not chain to it is passed over; the others may.
 */
async function fromDesk(session: Session, { record }: NamedRecord, wanted: string): Promise<Found> {
  const { environment } = record
  const query = { environment, ...(wanted.includes('@') ? { email: wanted } : { search: wanted }) }
  const desk = await session.desk(record)
  const { listRecipientsAsApplicant } = await import('@scel/contract/routes') // the desk's client has loaded them
  const { items, issuers } = await desk.signed(listRecipientsAsApplicant, { query })
  const intermediates = issuers.map(certificateOf)
  const anchors = pemDecode(record.roots.environment).map(({ der }) => parseCertificate(der))
  const certificates: Candidate[] = []
  let failure: unknown
  for (const { certificate: view } of items) {
    const leaf = certificateOf(view.pem)
    if (!isSignersName(leaf, wanted)) continue
    const at = new Date(Math.max(session.outside.now().getTime(), leaf.notBefore.getTime())) // the desk's clock may be ahead
    const path = { leaf, intermediates, anchors, at, purpose: 'emailEncryption' } as const
    try {
      await validatePath({ ...path, revocation: 'not-asked' }) // that is asked of the one that is taken
      certificates.push({ certificate: leaf, path })
    } catch (error) {
      if (!isPkiError(error)) throw error
      failure ??= error
    }
  }
  return { certificates, failure }
}

/** Of people the subject says less than the addresses: two may have one name. */
const holderOf = (certificate: Certificate): string =>
  [nameOf(certificate), ...addressesOf(certificate).map((address) => `<${address.toLowerCase()}>`)].join(' ')

function isForReceiving(certificate: Certificate): boolean {
  const usages = extension(certificate, 'keyUsage')
  return !usages || usages.includes('keyEncipherment') || usages.includes('keyAgreement')
}
