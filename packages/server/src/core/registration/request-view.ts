import type * as contract from '@scel/contract/values'
import { nameText } from '@scel/files/request'
import { pemEncode } from '@scel/pki/bytes'
import { isPkiError } from '@scel/pki/errors'
import { extension, formatName, parseName } from '@scel/pki/x509'
import { type ProvenCsr, readStoredCsr } from '../issuance/csr.ts'
import { type Profiles, refOf } from '../profiles/profiles.ts'
import type { Finding } from './finding.ts'
import type { Refusal } from './may-decide.ts'
import type { RequestEntry, Step } from './request.ts'

/** The contract's detail before its findings and its `why` are put into words. */
export type RequestView = Omit<contract.RequestDetail, 'findings' | 'may'> & {
  findings: readonly Finding[]
  may: Omit<contract.RequestDetail['may'], 'why'> & { why?: Refusal }
}

export function summaryOf(entry: RequestEntry, profiles: Profiles): contract.RequestSummary {
  const { organisationRef, serviceRef, certificateRef } = entry
  return {
    number: entry.number,
    state: entry.state,
    profile: refOf(profiles, entry.profile),
    ...(entry.store === undefined ? {} : { store: entry.store }),
    commonName: entry.commonName,
    hostName: entry.machine?.hostName ?? '',
    description: entry.contact?.description ?? '',
    ...(organisationRef
      ? { organisation: { id: organisationRef.id, code: organisationRef.code, name: organisationRef.name } }
      : {}),
    ...(serviceRef ? { service: { ...serviceRef } } : {}),
    ...(entry.choices ? { choices: entry.choices } : {}),
    submittedAt: entry.submittedAt,
    ...(entry.contact ? { requestedBy: entry.contact.email } : {}),
    ...(entry.decidedAt === undefined ? {} : { decidedAt: entry.decidedAt }),
    ...(entry.decidedBy === undefined ? {} : { decidedBy: entry.decidedBy }),
    ...(entry.downloadedAt === undefined ? {} : { downloadedAt: entry.downloadedAt }),
    ...(entry.downloadedBy === undefined ? {} : { downloadedBy: entry.downloadedBy }),
    ...(entry.reason === undefined ? {} : { reason: entry.reason }),
    ...(certificateRef ? { certificate: { ...certificateRef } } : {}),
    conflicts: entry.conflicts,
  }
}

export interface DetailParts {
  readonly findings: readonly Finding[]
  readonly mark: string
  readonly steps: readonly Step[]
  readonly conflicting: readonly number[]
  readonly may: RequestView['may']
  /** What its origin shows of what keeps anybody from approving it. */
  readonly hindrance: Pick<RequestView, 'blocked'> | undefined
  /** Read already, where it had to be proven. */
  readonly csr: ProvenCsr | undefined
}

export async function detailOf(
  entry: RequestEntry,
  profiles: Profiles,
  { findings, mark, steps, conflicting, may, hindrance, csr }: DetailParts,
): Promise<RequestView> {
  const read = csr ?? (await readStoredCsr(entry.csr))
  const spoilt = (['machine', 'contact'] as const).filter((part) => entry.unreadable?.includes(part))
  return {
    ...summaryOf(entry, profiles),
    subject: subjectText(entry.subject),
    ...(read ? { csr: decodeCsr(read) } : {}),
    findings,
    mark,
    ...(entry.machine && !spoilt.includes('machine') ? { machine: { ...entry.machine } } : {}),
    ...(entry.contact && !spoilt.includes('contact') ? { contact: { ...entry.contact } } : {}),
    ...(spoilt.length > 0 ? { unreadable: spoilt } : {}),
    ...(entry.from === '' ? {} : { from: entry.from }),
    origin: { kind: entry.origin.kind, id: entry.origin.id, name: entry.origin.name },
    ...(entry.owner.kind === 'applicant' ? { applicant: entry.owner.id } : {}),
    ...hindrance,
    conflicting: [...conflicting],
    steps: [...steps],
    may,
  }
}

/** As it is: its key is the one that would be signed, whatever else the row says. */
function decodeCsr({ request, der, key: fingerprint }: Omit<ProvenCsr, 'spec'>): contract.DecodedCsr {
  const { kind, bits } = request.publicKey
  return {
    subject: formatName(request.subject, 'rfc4514'),
    key: { kind, bits, fingerprint },
    signatureAlgorithm: request.signatureAlgorithm.row?.name ?? request.signatureAlgorithm.oid,
    names: (extension(request, 'subjectAltName') ?? []).map(nameText),
    usages: [...(extension(request, 'keyUsage') ?? [])],
    extendedUsages: [...(extension(request, 'extendedKeyUsage') ?? [])],
    otherAttributes: request.attributes.map(({ oid }) => oid).filter((oid) => oid !== EXTENSION_REQUEST),
    pem: pemEncode('CERTIFICATE REQUEST', der),
  }
}

/** What no request could have been submitted with is shown as nothing. */
function subjectText(subject: Uint8Array): string {
  try {
    return formatName(parseName(subject), 'rfc4514')
  } catch (error) {
    if (isPkiError(error)) return ''
    throw error
  }
}

/** PKCS #9 extensionRequest (RFC 2985 §5.4.2): shown in the fields above. */
const EXTENSION_REQUEST = '1.2.840.113549.1.9.14'
