import { type Static, Type } from 'typebox'
import { Id, Instant, RequestNumber, ServiceRef } from '../basics/basics.ts'
import { oneOf } from '../basics/one-of.ts'
import { PersonState, Role } from '../people/values.ts'
import { ProfileRef } from '../profiles/values.ts'
import { Strength } from '../rights/values.ts'

/** RFC 5280 §5.3.1, those that an end user's certificate may be revoked for here. */
export const RevocationReason = oneOf([
  'unspecified',
  'keyCompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'privilegeWithdrawn',
])
export type RevocationReason = Static<typeof RevocationReason>
export const REVOCATION_REASONS: readonly RevocationReason[] = RevocationReason.enum

export const CertificateStatus = oneOf(['valid', 'expired', 'revoked'])
export type CertificateStatus = Static<typeof CertificateStatus>

export const CertificateSummary = Type.Object({
  id: Id,
  profile: ProfileRef,
  status: CertificateStatus,
  commonName: Type.String(),
  subject: Type.String({ description: 'RFC 4514' }),
  serial: Type.String({ description: 'hex' }),
  issuer: Type.Object({ id: Id, name: Type.String() }),
  organisation: Type.Optional(Type.Object({ id: Id, code: Type.String(), name: Type.String() })),
  service: Type.Optional(ServiceRef),
  request: Type.Optional(RequestNumber),
  notBefore: Instant,
  notAfter: Instant,
  revokedAt: Type.Optional(Instant),
  revocationReason: Type.Optional(RevocationReason),
  compromisedAt: Type.Optional(Instant),
})
export type CertificateSummary = Static<typeof CertificateSummary>

/** One certificate of a chain, leaf first. */
export const ChainLink = Type.Object({
  name: Type.String(),
  subject: Type.String(),
  serial: Type.String(),
  fingerprint: Type.String({ description: 'SHA-256 of the certificate, hex' }),
  notBefore: Instant,
  notAfter: Instant,
  key: Type.String(),
  authority: Type.Optional(Id),
})
export type ChainLink = Static<typeof ChainLink>

export const CertificateDetail = Type.Intersect([
  CertificateSummary,
  Type.Object({
    key: Type.Object({ kind: Type.String(), bits: Type.Integer(), fingerprint: Type.String() }),
    signatureAlgorithm: Type.String(),
    fingerprint: Type.String(),
    usages: Type.Array(Type.String()),
    extendedUsages: Type.Array(Type.String()),
    names: Type.Array(Type.String()),
    crl: Type.Array(Type.String()),
    ocsp: Type.Array(Type.String()),
    chain: Type.Array(ChainLink, { description: 'this certificate first, the root last' }),
    pem: Type.String(),
    issuedAt: Instant,
    may: Type.Object({
      revoke: Type.Boolean(),
      revokeNeeds: Strength,
      compromise: Type.Boolean({
        description: 'revoked for another reason: may still be revoked for a compromised key',
      }),
      madeWith: Type.Boolean({ description: 'people may have signed in with it: ask what was made with it' }),
    }),
  }),
])
export type CertificateDetail = Static<typeof CertificateDetail>

/** A certificate after its revocation, and what the revocation ended. */
export const Revoked = Type.Intersect([
  CertificateDetail,
  Type.Object({
    ended: Type.Object({
      certificates: Type.Integer({
        description:
          'that were valid: more than one where a compromised key has several, none where it was revoked before',
      }),
      undone: Type.Integer({ description: 'decided for the compromised key and not signed yet: they will not be' }),
    }),
    listed: Type.Boolean({
      description: 'the revocation lists say so already; else as soon as the authority can sign',
    }),
  }),
])
export type Revoked = Static<typeof Revoked>

/** What was made by whoever was signed in with something, or with what was added with that, and outlives it. */
export const MadeWith = Type.Object({
  kits: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      organisation: Type.Object({ id: Id, code: Type.String(), name: Type.String() }),
      standingApproval: Type.Boolean(),
      open: Type.Boolean({ description: 'still lets somebody ask' }),
      createdAt: Instant,
    }),
  ),
  people: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      roles: Type.Array(Role),
      state: PersonState,
      invitedAt: Instant,
      link: Type.Boolean({ description: 'a link that is still open' }),
    }),
  ),
  grants: Type.Array(
    Type.Object({
      id: Id,
      person: Type.Object({ id: Id, name: Type.String() }),
      role: Role,
      organisation: Type.Optional(Type.Object({ id: Id, code: Type.String(), name: Type.String() })),
      service: Type.Optional(ServiceRef),
      from: Instant,
      until: Type.Optional(Instant),
      state: oneOf(['holds', 'awaiting', 'over']),
    }),
    { description: 'roles that were given with it, those of an invitation too' },
  ),
  links: Type.Array(
    Type.Object({
      person: Type.Object({ id: Id, name: Type.String() }),
      credential: Id,
      certificate: Type.Optional(Id),
      at: Instant,
      open: Type.Boolean({ description: 'that person still signs in' }),
    }),
    {
      description:
        'people for whom links were made with it and are opened, by the last one of each: whoever had it may be who opened them',
    },
  ),
  devices: Type.Array(
    Type.Object({
      credential: Id,
      certificate: Type.Optional(Id),
      name: Type.String({ description: 'what its holder calls the computer, or what else it is' }),
      createdAt: Instant,
      open: Type.Boolean({ description: 'it still signs in' }),
    }),
    { description: 'computers that were added with it, and with those: what was made with them is told of, too' },
  ),
  more: Type.Boolean({
    description:
      'there is more than the 200 of each kind that are named, of which those that are still open come first',
  }),
})
export type MadeWith = Static<typeof MadeWith>
