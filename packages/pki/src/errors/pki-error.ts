// One error class for the whole library. The code is the API and never changes; the text may. Facts are
// public: never a secret, a key or a whole input. Strings that come from outside are cut, because a
// certificate may carry megabytes of name (Go CVE-2025-61729).

/**
 * Why a key that stays elsewhere could not be asked: its token or service is not there, is locked, was given a wrong PIN, does not answer
 * in time, does not allow this, or failed.
 */
export type KeyAbsence = 'absent' | 'locked' | 'pin' | 'slow' | 'refused' | 'failed'

/** Every code, with the facts that travel with it. */
export interface PkiErrorFacts {
  algorithm_unsupported: { oid: string }
  algorithm_weak: { name: string }
  certificate_expired: { subject: string; notAfter: string; at: string }
  certificate_malformed: { what: string }
  certificate_not_yet_valid: { subject: string; notBefore: string; at: string }
  certificate_revoked: { subject: string; serial: string; reason: string; at: string }
  cms_malformed: { what: string }
  content_altered: Record<never, never>
  content_missing: Record<never, never>
  content_too_long: { limit: number }
  content_twice: Record<never, never>
  crl_malformed: { what: string }
  crl_outdated: { issuer: string; thisUpdate: string; nextUpdate: string; at: string }
  decryption_failed: Record<never, never>
  der_malformed: { what: string; offset: number }
  der_too_deep: { what: string }
  encoding_malformed: { what: string }
  extension_critical_unknown: { subject: string; oid: string }
  extension_duplicate: { oid: string }
  host_mismatch: { subject: string; wanted: string; names: string }
  identity_mismatch: { subject: string; wanted: string }
  input_too_large: { what: string; limit: number }
  issuer_unknown: { subject: string; issuer: string }
  key_incapable: { what: 'agree' | 'decapsulate' | 'decrypt' | 'sign' }
  key_malformed: { what: string }
  key_mismatch: { what: string }
  key_passphrase_wrong: Record<never, never>
  key_too_weak: { subject: string; bits: number }
  key_unavailable: { where: string; why: KeyAbsence }
  key_usage_missing: { subject: string; usage: string }
  mime_malformed: { what: string }
  name_constraint_violated: { subject: string; name: string }
  name_malformed: { what: string }
  not_a_recipient: Record<never, never>
  not_an_authority: { subject: string }
  ocsp_malformed: { what: string }
  ocsp_outdated: { thisUpdate: string; at: string }
  ocsp_refused: { status: string }
  oid_malformed: { what: string }
  passphrase_missing: Record<never, never>
  passphrase_wrong: Record<never, never>
  path_length_exceeded: { subject: string }
  path_too_costly: { item: string }
  path_too_long: { subject: string; limit: number }
  pem_encryption_old: Record<never, never>
  pem_malformed: { what: string }
  pkcs12_key_missing: Record<never, never>
  pkcs12_keys_several: { count: number }
  pkcs12_mac_missing: Record<never, never>
  pkcs12_malformed: { what: string }
  policy_missing: { subject: string }
  recipient_missing: Record<never, never>
  recipient_not_usable: { subject: string; why: 'key' | 'usage' | 'weak' }
  recipients_mixed: Record<never, never>
  request_malformed: { what: string }
  revocation_unknown: { subject: string; serial: string }
  signature_invalid: { what: string }
  signature_missing: Record<never, never>
  signer_unknown: { signer: string }
  string_malformed: { what: string }
  time_malformed: { what: string }
  time_stamp_malformed: { what: string }
  time_stamp_refused: { status: string }
  usage_not_allowed: { subject: string; purpose: string }
}

/** Every code that the library throws; it never changes its meaning. */
export type PkiErrorCode = keyof PkiErrorFacts

// A record, so that the compiler names the code that is missing here.
const CODES: Record<PkiErrorCode, true> = {
  algorithm_unsupported: true,
  algorithm_weak: true,
  certificate_expired: true,
  certificate_malformed: true,
  certificate_not_yet_valid: true,
  certificate_revoked: true,
  cms_malformed: true,
  content_altered: true,
  content_missing: true,
  content_too_long: true,
  content_twice: true,
  crl_malformed: true,
  crl_outdated: true,
  decryption_failed: true,
  der_malformed: true,
  der_too_deep: true,
  encoding_malformed: true,
  extension_critical_unknown: true,
  extension_duplicate: true,
  host_mismatch: true,
  identity_mismatch: true,
  input_too_large: true,
  issuer_unknown: true,
  key_incapable: true,
  key_malformed: true,
  key_mismatch: true,
  key_passphrase_wrong: true,
  key_too_weak: true,
  key_unavailable: true,
  key_usage_missing: true,
  mime_malformed: true,
  name_constraint_violated: true,
  name_malformed: true,
  not_a_recipient: true,
  not_an_authority: true,
  ocsp_malformed: true,
  ocsp_outdated: true,
  ocsp_refused: true,
  oid_malformed: true,
  passphrase_missing: true,
  passphrase_wrong: true,
  path_length_exceeded: true,
  path_too_costly: true,
  path_too_long: true,
  pem_encryption_old: true,
  pem_malformed: true,
  pkcs12_key_missing: true,
  pkcs12_keys_several: true,
  pkcs12_mac_missing: true,
  pkcs12_malformed: true,
  policy_missing: true,
  recipient_missing: true,
  recipient_not_usable: true,
  recipients_mixed: true,
  request_malformed: true,
  revocation_unknown: true,
  signature_invalid: true,
  signature_missing: true,
  signer_unknown: true,
  string_malformed: true,
  time_malformed: true,
  time_stamp_malformed: true,
  time_stamp_refused: true,
  usage_not_allowed: true,
}

// Marked as pure, so that a page that only reads certificates does not carry the list.
/** All codes in alphabetical order, complete by construction. */
export const PKI_ERROR_CODES: readonly PkiErrorCode[] = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ Object.keys(CODES) as PkiErrorCode[],
)

/**
 * The only error that this library throws on purpose. Decide by `code`, never by `message`.
 * @example
 * await assert.rejects(decryptPrivateKey(await encryptPrivateKey(sample.person.key, 'right'), 'wrong'), PkiError)
 */
export class PkiError<C extends PkiErrorCode = PkiErrorCode> extends Error {
  override readonly name = 'PkiError'
  readonly code: C
  readonly facts: Readonly<PkiErrorFacts[C]>

  constructor(code: C, facts: PkiErrorFacts[C], cause?: unknown) {
    super(code.replaceAll('_', ' '), cause === undefined ? undefined : { cause })
    this.code = code
    this.facts = capped(facts)
  }
}

/**
 * Throws a {@link PkiError}; its type `never` lets it end an expression.
 * @example
 * assert.throws(() => fail('oid_malformed', { what: '1.2.x' }), { code: 'oid_malformed', facts: { what: '1.2.x' } })
 */
export function fail<C extends PkiErrorCode>(code: C, facts: PkiErrorFacts[C], cause?: unknown): never {
  throw new PkiError(code, facts, cause)
}

// Guards, because `instanceof` on a generic class narrows to PkiError<any> and loses the codes.

/**
 * Whether something thrown is a refusal of this library.
 * @example
 * assert.equal(isPkiError(new PkiError('passphrase_wrong', {})), true)
 * assert.equal(isPkiError(new TypeError()), false)
 */
export const isPkiError = (error: unknown): error is PkiError => error instanceof PkiError
/**
 * Whether something thrown is the refusal with this code; then its facts are typed.
 * @example
 * const error: unknown = new PkiError('oid_malformed', { what: '1.2.x' })
 * assert.ok(hasCode(error, 'oid_malformed'))
 * assert.equal(error.facts.what, '1.2.x')
 */
export const hasCode = <C extends PkiErrorCode>(error: unknown, code: C): error is PkiError<C> =>
  isPkiError(error) && error.code === code

function capped<F extends object>(facts: F): Readonly<F> {
  const copy: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(facts)) {
    copy[key] = typeof value === 'string' && value.length > LONGEST_FACT ? `${value.slice(0, LONGEST_FACT)}…` : value
  }
  return Object.freeze(copy) as Readonly<F>
}

// Long enough for a distinguished name that a person wrote, short enough for a log line.
const LONGEST_FACT = 256
