import { type Static, Type } from 'typebox'
import { BlockedApplicant } from '../applicants/values.ts'
import { Email, Id, Instant, Line, Paragraph, RequestNumber, ServiceRef } from '../basics/basics.ts'
import { oneOf } from '../basics/one-of.ts'
import { StoreType } from '../kit/store-type.ts'
import { Choices } from '../profiles/choices.ts'
import { ProfileRef } from '../profiles/values.ts'
import { Strength } from '../rights/values.ts'

/** pending → approved → installed | downloaded; the rest are ends. The rules and their drawing stand in the desk. */
export const RequestState = oneOf([
  'pending',
  'approved',
  'installed',
  'downloaded',
  'rejected',
  'cancelled',
  'revoked',
  'expired',
])
export type RequestState = Static<typeof RequestState>
export const REQUEST_STATES: readonly RequestState[] = RequestState.enum

/** What brings requests: a kit, a file that a person hands in, the link of an invitation, the desk itself. */
export const OriginKind = oneOf(['kit', 'file', 'invitation', 'desk'])
export type OriginKind = Static<typeof OriginKind>
export const ORIGIN_KINDS: readonly OriginKind[] = OriginKind.enum

const MacAddress = Type.String({ pattern: '^([0-9a-f]{2}:){5}[0-9a-f]{2}$', maxLength: 17 })

/** What a machine says about itself, so that the manager recognises it. */
export const MachineFacts = Type.Object({
  hostName: Line(255, 0),
  macAddresses: Type.Array(MacAddress, { maxItems: 16 }),
  processor: Line(200, 0),
  processorId: Line(200, 0),
  operatingSystem: Line(200, 0),
  operatingSystemVersion: Line(200, 0),
  architecture: Line(50, 0),
})
export type MachineFacts = Static<typeof MachineFacts>

/** Whom to reach about a request. */
export const Contact = Type.Object({
  email: Email,
  telephone: Type.Optional(Type.String({ maxLength: 40, pattern: '^[+0-9 ().\\-/]*$' })),
  description: Type.Optional(Paragraph(1000)),
})
export type Contact = Static<typeof Contact>
/** The same as it is shown: without an address once that was erased. */
const ContactShown = Type.Object({
  ...Contact.properties,
  email: Type.String({ description: 'empty once it was erased' }),
})

/** What the checks of a request found, one line each. */
export const FindingCode = oneOf([
  'possession_proved',
  'key_allowed',
  'key_seen_before',
  'key_pending_elsewhere',
  'key_new',
  'applicant_bound',
  'applicant_not_bound',
  'subject_pending_elsewhere',
  'subject_certified',
  'subject_revoked_before',
  'name_certified_elsewhere',
  'name_pending_elsewhere',
  'compromised_before',
  'usage_not_granted',
  'usage_added',
  'extension_not_granted',
  'attribute_not_used',
  'name_not_granted',
  'common_name_added_to_names',
  'common_name_from_names',
  'machine_seen_before',
  'kit_standing_approval_withheld',
  'more_findings',
])
export type FindingCode = Static<typeof FindingCode>
export const Finding = Type.Object({
  code: FindingCode,
  level: oneOf(['good', 'notice', 'warning']),
  facts: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
  says: Type.String({ description: 'the finding in words, in the language of the caller' }),
})
export type Finding = Static<typeof Finding>

export const RequestStepKind = oneOf([
  'submitted',
  'replaced',
  'approved',
  'issued',
  'fetched',
  'installed',
  'downloaded',
  'rejected',
  'cancelled',
  'revoked',
  'expired',
])
export type RequestStepKind = Static<typeof RequestStepKind>
/** One line of a request's timeline. */
export const RequestStep = Type.Object({
  kind: RequestStepKind,
  at: Instant,
  actor: Type.Object({
    kind: oneOf(['person', 'applicant', 'desk']),
    name: Type.String(),
    from: Type.Optional(Type.String()),
  }),
  beforehand: Type.Optional(
    Type.Boolean({
      description: 'somebody had decided it before it was asked for: by a kit, a link, or the desk for itself',
    }),
  ),
  reason: Type.Optional(Type.String()),
  request: Type.Optional(RequestNumber),
})
export type RequestStep = Static<typeof RequestStep>

/**
 * A request as lists show it (E4). `store` is absent where the key lies on a machine without a client, `organisation` of what an
 * administrator or the desk itself asks for, `requestedBy` of the latter.
 */
export const RequestSummary = Type.Object({
  number: RequestNumber,
  state: RequestState,
  profile: ProfileRef,
  store: Type.Optional(StoreType),
  commonName: Type.String(),
  hostName: Type.String(),
  description: Type.String(),
  organisation: Type.Optional(Type.Object({ id: Id, code: Type.String(), name: Type.String() })),
  service: Type.Optional(ServiceRef),
  choices: Type.Optional(Choices),
  submittedAt: Instant,
  requestedBy: Type.Optional(Type.String({ description: 'e-mail address given with the request' })),
  decidedAt: Type.Optional(Instant),
  decidedBy: Type.Optional(Type.String()),
  downloadedAt: Type.Optional(Instant),
  downloadedBy: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String({ description: 'why it was rejected, cancelled or revoked' })),
  certificate: Type.Optional(Type.Object({ id: Id, serial: Type.String(), notAfter: Instant })),
  conflicts: Type.Integer({ description: 'other pending requests for the same subject' }),
})
export type RequestSummary = Static<typeof RequestSummary>

export const DecodedCsr = Type.Object(
  {
    subject: Type.String({ description: 'RFC 4514' }),
    key: Type.Object({
      kind: Type.String(),
      bits: Type.Integer(),
      fingerprint: Type.String({ description: 'SHA-256 of the SPKI, hex' }),
    }),
    signatureAlgorithm: Type.String(),
    names: Type.Array(Type.String()),
    usages: Type.Array(Type.String()),
    extendedUsages: Type.Array(Type.String()),
    otherAttributes: Type.Array(Type.String()),
    pem: Type.String(),
  },
  { description: 'absent where what is stored is no CSR: somebody wrote over it' },
)
export type DecodedCsr = Static<typeof DecodedCsr>

/** Two digests: of all that is asked for as the caller reads it, and of what others were granted of its names. */
export const RequestMark = Type.String({
  pattern: '^[0-9a-f]{64}\\.[0-9a-f]{64}$',
  maxLength: 129,
  description: 'stands for the request as it was looked at; sent back with an approval, which signs nothing else',
})

/** `machine` is absent of what is for no machine, `contact` and `from` of what the desk itself asks for. */
export const RequestDetail = Type.Intersect([
  RequestSummary,
  Type.Object({
    subject: Type.String({ description: 'the subject the certificate will have or has, RFC 4514' }),
    csr: Type.Optional(DecodedCsr),
    findings: Type.Array(Finding),
    machine: Type.Optional(MachineFacts),
    contact: Type.Optional(ContactShown),
    unreadable: Type.Optional(
      Type.Array(oneOf(['machine', 'contact']), {
        description: 'what is absent because what is stored does not read: somebody wrote over it',
      }),
    ),
    from: Type.Optional(Type.String({ description: 'network address the request came from' })),
    origin: Type.Object(
      { kind: OriginKind, id: Type.String(), name: Type.String() },
      {
        description:
          'what brought it: a kit, by an applicant key; a file, by the person who handed it in; a link, by whoever decided that there be one; the desk itself',
      },
    ),
    applicant: Type.Optional(
      Type.String({ description: 'thumbprint of the applicant key that asked, SHA-256 of its SPKI, hex' }),
    ),
    blocked: Type.Optional(BlockedApplicant),
    conflicting: Type.Array(RequestNumber),
    mark: RequestMark,
    steps: Type.Array(RequestStep),
    may: Type.Object({
      approve: Type.Boolean(),
      reject: Type.Boolean(),
      revoke: Type.Boolean(),
      revokeNeeds: Strength,
      withdraw: Type.Boolean({ description: 'it is the caller’s own, and nobody has decided it' }),
      block: Type.Boolean({ description: 'the applicant key, or lift its block' }),
      why: Type.Optional(Type.String({ description: 'why the caller may not decide, in their language' })),
    }),
  }),
])
export type RequestDetail = Static<typeof RequestDetail>
