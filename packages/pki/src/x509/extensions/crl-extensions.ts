// Extensions of CRLs and their entries (RFC 5280 §5.2 and §5.3), except the issuing distribution point.

import { DerReader, enumerated, generalizedTime, integer } from '../../asn1/index.ts'
import { fail } from '../../errors/index.ts'
import type { ExtensionCodec } from './extension.ts'

const crlNumber = (oid: string, what: string, critical: boolean): ExtensionCodec<bigint> => ({
  oid,
  critical: () => critical,
  parse: (der) =>
    DerReader.whole(der, what, (reader) => {
      const value = reader.integer()
      // "CRL issuers MUST NOT use CRLNumber values longer than 20 octets", and none is negative.
      return value >= 0n && value < 1n << 159n ? value : fail('crl_malformed', { what })
    }),
  write: (value) => integer(value),
})

/** RFC 5280 §5.2.3: rises with every CRL of an issuer. */
export const cRLNumber: ExtensionCodec<bigint> = crlNumber('2.5.29.20', 'cRLNumber', false)

/**
 * RFC 5280 §5.2.4, its BaseCRLNumber: this CRL says only what changed since the one of that number. Critical, since
 * a reader that took a delta for the whole would miss all that is not in it.
 */
export const deltaCRLIndicator: ExtensionCodec<bigint> = crlNumber('2.5.29.27', 'deltaCRLIndicator', true)

/** Why a certificate was revoked (RFC 5280 §5.3.1). */
export type RevocationReason =
  | 'unspecified'
  | 'keyCompromise'
  | 'cACompromise'
  | 'affiliationChanged'
  | 'superseded'
  | 'cessationOfOperation'
  | 'certificateHold'
  | 'removeFromCRL'
  | 'privilegeWithdrawn'
  | 'aACompromise'

const REASON_CODES: Readonly<Record<RevocationReason, number>> = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  removeFromCRL: 8, // 7 is not used
  privilegeWithdrawn: 9,
  aACompromise: 10,
}

/** In the order of their numbers. */
export const REVOCATION_REASONS: readonly RevocationReason[] = Object.freeze(
  Object.keys(REASON_CODES) as RevocationReason[],
)
const reasons = new Map(REVOCATION_REASONS.map((reason) => [REASON_CODES[reason], reason]))

/**
 * The number of a reason, as CRLs and OCSP responses write it.
 * @example
 * assert.equal(reasonNumber('superseded'), 4)
 */
export const reasonNumber = (reason: RevocationReason): number => REASON_CODES[reason]
/**
 * The reason of a number; undefined for 7 and for others that mean nothing.
 * @example
 * assert.equal(reasonOf(1), 'keyCompromise')
 */
export const reasonOf = (number: number): RevocationReason | undefined => reasons.get(number)

/** RFC 5280 §5.3.1 */
export const reasonCode: ExtensionCodec<RevocationReason> = {
  oid: '2.5.29.21',
  critical: () => false,
  parse: (der) =>
    DerReader.whole(
      der,
      'reasonCode',
      (reader) => reasonOf(reader.enumerated()) ?? fail('crl_malformed', { what: 'reasonCode' }),
    ),
  write: (reason) => enumerated(REASON_CODES[reason]),
}

/** RFC 5280 §5.3.2: since when the key is suspected. */
export const invalidityDate: ExtensionCodec<Date> = {
  oid: '2.5.29.24',
  critical: () => false,
  parse: (der) => DerReader.whole(der, 'invalidityDate', (reader) => reader.generalizedTime()),
  write: (date) => generalizedTime(date),
}
