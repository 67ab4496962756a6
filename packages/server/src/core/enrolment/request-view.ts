import type * as contract from '@scel/contract/values'
import { pemEncode } from '@scel/pki/bytes'
import { extension, formatName, parseName, parseRequest } from '@scel/pki/x509'
import { nameText } from '../certificates/certificate-view.ts'
import type { Block } from './block.ts'
import type { Finding } from './finding.ts'
import type { Refusal } from './may-decide.ts'
import type { RequestEntry, Step } from './request.ts'

/** The contract's detail before its findings and its `why` are put into words. */
export type RequestView = Omit<contract.RequestDetail, 'findings' | 'may'> & {
  findings: readonly Finding[]
  may: { approve: boolean; reject: boolean; revoke: boolean; block: boolean; why?: Refusal }
}

export function summaryOf(entry: RequestEntry): contract.RequestSummary {
  const { organisationRef, certificateRef } = entry
  return {
    number: entry.number,
    state: entry.state,
    enrolment: entry.enrolment,
    store: entry.store,
    commonName: entry.commonName,
    hostName: entry.machine.hostName,
    description: entry.contact.description ?? '',
    organisation: { id: organisationRef.id, code: organisationRef.code, name: organisationRef.name },
    submittedAt: entry.submittedAt,
    requestedBy: entry.contact.email,
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
  readonly blocked: Block | undefined
}

export function detailOf(
  entry: RequestEntry,
  { findings, mark, steps, conflicting, may, blocked }: DetailParts,
): RequestView {
  return {
    ...summaryOf(entry),
    subject: formatName(parseName(entry.subject), 'rfc4514'),
    csr: decodeCsr(entry.csr, entry.key),
    findings,
    mark,
    machine: { ...entry.machine },
    contact: { ...entry.contact },
    from: entry.from,
    kit: { ...entry.kit },
    applicant: entry.applicant,
    ...(blocked ? { blocked: blockView(blocked) } : {}),
    conflicting: [...conflicting],
    steps: [...steps],
    may,
  }
}

export const blockView = ({ applicant, at, by, reason, organisation }: Block): contract.BlockedApplicant => ({
  applicant,
  at,
  by: by.name,
  reason,
  ...(organisation === undefined ? {} : { organisation }),
})

function decodeCsr(der: Uint8Array, fingerprint: string): contract.DecodedCsr {
  const request = parseRequest(der)
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

/** PKCS #9 extensionRequest (RFC 2985 §5.4.2): shown in the fields above. */
const EXTENSION_REQUEST = '1.2.840.113549.1.9.14'
