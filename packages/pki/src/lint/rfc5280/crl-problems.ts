// What can be wrong with a revocation list.

type None = Record<never, never>
interface OfExtension {
  readonly extension: string
}
interface OfEntries {
  /** Of entries that have the problem. */
  readonly count: number
  /** Of the first of them, hexadecimal. */
  readonly serial: string
}

export interface CrlProblems {
  'rfc5280/crl-fields': {
    'version-1': None
    'empty-issuer': None
    'no-next-update': None
    'ends-before-it-begins': None
    'wrong-time-type': { readonly field: string }
    'empty-entries': None
    'signature-parameters': { readonly oid: string }
  }
  'rfc5280/crl-extensions': {
    absent: OfExtension
    'must-be-critical': OfExtension
    'must-not-be-critical': OfExtension
    'should-not-be-critical': OfExtension
    'unknown-critical': { readonly oid: string }
    'delta-before-base': None
    'delta-with-freshest': None
  }
  'rfc5280/crl-entries': {
    unspecified: OfEntries
    'removed-outside-delta': OfEntries
    'revoked-later': OfEntries
    'must-be-critical': OfEntries & OfExtension
    'must-not-be-critical': OfEntries & OfExtension
    'unknown-critical': { readonly oid: string }
  }
}
