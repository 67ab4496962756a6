import type { RequestSummary } from '@scel/contract/values'
import { addressesOf } from '@scel/files/certificates'
import { type Certificate, nameValues } from '@scel/pki/x509'
import type { EnrolmentDoor } from '../enrol/doors.ts'
import { isAsWished, namesOf, type RequestedContent, wishText } from '../enrol/wish.ts'
import { numberOf } from '../identities/chosen-identity.ts'
import type { Holder, Identity, Stores } from '../keystores/index.ts'
import type { NamedRecord } from '../state/desk-record.ts'
import { stop } from '../ui/cli-error.ts'
import { type Confirmed, confirmIssued } from './confirm-issued.ts'
import { fetchIssued } from './fetch-issued.ts'
import type { Here } from './here.ts'

export interface Installed extends Confirmed {
  readonly identity: Identity
  /** False when it lay there already, and only the confirmation was missing. */
  readonly changed: boolean
}

/**
 * Fetches the certificate of one request, checks it, puts it beside its key, and confirms. Each step can be done
 * again: after a crash between two of them the next call finds its way.
 * @throws certificate_key_other, certificate_names_other, certificate_key_absent, ForeignChain, DeskRefusal, failures of the connection and of the store
 */
export async function installOne(
  here: Here & Stores & EnrolmentDoor,
  named: NamedRecord,
  request: RequestSummary,
  passphrase: string | undefined,
): Promise<Installed> {
  const { name, record } = named
  const { number } = request
  const desk = await here.enrolment(record)
  const fetched = await fetchIssued(here, desk, named, number)
  const { certificate, chain, key } = fetched
  const store = await here.storeHolding(request.store ?? stop('certificate_key_absent'), name, key)
  // What the desk certified must be the key of this very request. Where the record was lost, it is a key that was made
  // for this desk; that it is, the store makes sure of.
  if ((record.keys[number] ?? key) !== key || (numberOf(named, key) ?? number) !== number)
    stop('certificate_key_other', { number })
  requireNames(certificate, record.asked?.[key], (await store.find(name, key))?.holder, number)
  const root = chain.at(-1)
  const { changed, identity } = await store.add({
    desk: name,
    key,
    certificate: certificate.der,
    chain: chain.slice(0, -1).map(({ der }) => der),
    ...(root && { root: root.der }),
    ...(passphrase === undefined ? {} : { passphrase }),
  })
  return { ...(await confirmIssued(here, desk, named, number, fetched, 'installed')), identity, changed }
}

/**
 * A certificate in the name of somebody else would have this machine sign as them, and seal to itself what is meant for them. Where
 * the record was lost, only the common name is known, and nothing of an address.
 * @throws certificate_names_other
 */
function requireNames(
  certificate: Certificate,
  asked: RequestedContent | undefined,
  holder: Holder | undefined,
  number: number,
): void {
  if (!asked && !holder) return // a key that the store does not have either, which says so itself
  const wish = asked ?? { subject: `CN=${holder?.name}`, names: [] }
  const known = asked
    ? isAsWished(certificate, asked)
    : [...new Set(nameValues(certificate.subject, 'commonName'))].join() === holder?.name &&
      addressesOf(certificate).length === 0
  if (!known) stop('certificate_names_other', { number, found: wishText(namesOf(certificate)), asked: wishText(wish) })
}
