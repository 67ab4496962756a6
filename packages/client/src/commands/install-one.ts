import { confirmCertificate, fetchCertificate } from '@scel/contract/routes'
import type { RequestSummary } from '@scel/contract/values'
import { isPkiError } from '@scel/pki/errors'
import { type Issued, verifyIssued } from '../enrol/verify-issued.ts'
import { type Identity, keyId } from '../keystores/index.ts'
import { changeDeskRecord, type NamedRecord } from '../state/desk-record.ts'
import { withRequest } from '../state/record-changes.ts'
import { stop } from '../ui/cli-error.ts'
import { numberOf } from './chosen-identity.ts'
import type { Session } from './session.ts'

export interface Installed {
  readonly request: RequestSummary
  readonly identity: Identity
  /** As the certificate itself says it, as its serial number. */
  readonly notAfter: string
  readonly serial: string
  /** False when it lay there already, and only the confirmation was missing. */
  readonly changed: boolean
  /** Serial numbers of earlier certificates of the subject, revoked now. */
  readonly superseded: readonly string[]
}

/**
 * Fetches the certificate of one request, checks it, puts it beside its key, and confirms. Each step can be done
 * again: after a crash between two of them the next call finds its way.
 * @throws certificate_key_other, certificate_key_absent, certificate_chain_foreign, DeskRefusal, failures of the connection and of the store
 */
export async function installOne(
  session: Session,
  named: NamedRecord,
  request: RequestSummary,
  passphrase: string | undefined,
): Promise<Installed> {
  const { name, record } = named
  const { number } = request
  const desk = await session.desk(record)
  const query = { environment: record.environment }
  const answer = await desk.signed(fetchCertificate, { params: { number }, query, request: number })
  const purpose = request.enrolment === 'server' ? 'serverAuth' : 'clientAuth'
  const { certificate, chain } = await verifyIssued(
    answer,
    record.roots.environment,
    purpose,
    session.outside.now(),
  ).catch((error: unknown): Issued => {
    if (!isPkiError(error)) throw error
    return stop('certificate_chain_foreign', { reason: session.voice.words(error).message })
  })
  const store = await session.store(request.store)
  const key = await keyId(certificate.publicKey.spki)
  // What the desk certified must be the key of this very request. Where the record was lost, it is a key that was made
  // for this desk; that it is, the store makes sure of.
  if ((record.keys[number] ?? key) !== key || (numberOf(named, key) ?? number) !== number)
    stop('certificate_key_other', { number })
  const { changed, identity } = await store.add({
    desk: name,
    key,
    certificate: certificate.der,
    chain: chain.map(({ der }) => der),
    ...(passphrase === undefined ? {} : { passphrase }),
  })
  const confirmed = await desk.signed(confirmCertificate, {
    params: { number },
    query,
    request: number,
    body: { how: 'installed', serial: certificate.serialHex },
  })
  await changeDeskRecord(session.paths, name, (present = record) => withRequest(present, confirmed.request, key))
  return {
    request: confirmed.request,
    identity,
    notAfter: certificate.notAfter.toISOString(),
    serial: certificate.serialHex,
    changed,
    superseded: confirmed.superseded,
  }
}
