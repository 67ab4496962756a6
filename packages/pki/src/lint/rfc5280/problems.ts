// RFC 5280 and the documents that amend it. Facts are short texts and numbers, nothing secret.

type None = Record<never, never>
interface OfExtension {
  readonly extension: string
}
interface OfAttribute {
  readonly attribute: string
}
interface OfName {
  readonly extension: string
  readonly name: string
}

export interface Rfc5280Problems {
  /** What cannot be read; found while reading, so it has no rule of its own. */
  'rfc5280/well-formed': { unreadable: { readonly code: string }; extension: OfExtension & { readonly code: string } }
  'rfc5280/version': { 'not-3': { readonly version: number } }
  'rfc5280/serial-number': { negative: None; zero: None; 'too-long': { readonly length: number } }
  'rfc5280/signature': { parameters: { readonly oid: string } }
  'rfc5280/validity': { 'ends-before-it-begins': None; 'wrong-time-type': { readonly field: string } }
  'rfc5280/subject': {
    'empty-issuer': None
    'authority-without-name': None
    'crl-signer-without-name': None
    'no-critical-alternative-name': None
  }
  'rfc5280/subject-mail': { 'not-repeated': { readonly address: string }; deprecated: None }
  'rfc5280/attribute-values': {
    'not-a-string': OfAttribute
    'too-long': OfAttribute & { readonly length: number; readonly longest: number }
    empty: OfAttribute
    'outer-spaces': OfAttribute
    country: OfAttribute & { readonly value: string }
    'string-type': OfAttribute & { readonly type: string }
    'control-character': OfAttribute
    'twice-in-step': OfAttribute
  }
  'rfc5280/issuer-values': { 'string-type': OfAttribute & { readonly type: string } }
  'rfc5280/public-key': { 'pre-hash': { readonly oid: string } }
  'rfc5280/unique-identifiers': { present: None }
  'rfc5280/key-identifiers': { absent: OfExtension; 'should-be-present': OfExtension; critical: OfExtension }
  'rfc5280/basic-constraints': {
    'not-critical': None
    'keyCertSign-without-cA': None
    'path-length-without-cA': None
    'path-length-without-keyCertSign': None
  }
  'rfc5280/key-usage': {
    'authority-without-keyCertSign': None
    'no-bit': None
    'not-critical': None
    'only-without-agreement': { readonly usage: string }
    'encipherOnly-and-decipherOnly': None
  }
  'rfc5280/key-usage-of-key': {
    forbidden: { readonly kind: string; readonly usage: string }
    required: { readonly kind: string; readonly usage: string }
    mixed: { readonly kind: string; readonly usage: string }
  }
  'rfc5280/extended-key-usage': {
    'no-matching-key-usage': { readonly purpose: string }
    'critical-with-any': None
    twice: { readonly purpose: string }
    'time-stamping-not-critical': None
    'time-stamping-not-alone': None
  }
  'rfc5280/certificate-policies': {
    'any-policy-qualifier': { readonly oid: string }
    'notice-reference': None
    'notice-text-type': { readonly type: string }
    'notice-text-less-preferred': { readonly type: string }
    'notice-text-too-long': { readonly length: number }
    'notice-text-control-character': None
    'notice-text-not-normalized': None
    'address-syntax': { readonly name: string }
  }
  'rfc5280/policy-mappings': {
    'any-policy': None
    'not-asserted': { readonly policy: string }
  }
  'rfc5280/alternative-names': {
    'dns-syntax': OfName
    'mail-syntax': OfName
    'uri-syntax': OfName
    'uri-without-host': OfName
    'address-with-mask': OfName
    'empty-directory-name': OfExtension
    'utf8-mail-syntax': OfName
    'utf8-mail-is-ascii': OfName
    'utf8-mail-domain': OfName
    'critical-beside-subject': None
  }
  'rfc5280/name-constraints': {
    'not-critical': None
    'only-for-authorities': None
    'unusual-name-form': { readonly kind: string }
    'base-syntax': { readonly name: string }
    'address-without-mask': { readonly name: string }
    'mask-not-contiguous': { readonly name: string }
  }
  'rfc5280/distribution-points': {
    'no-name-and-no-issuer': OfExtension
    'not-all-reasons': OfExtension
    'relative-name': OfExtension
    'relative-to-several': OfExtension
    'issuer-is-no-directory-name': OfExtension
    'no-http-or-ldap': OfExtension
    'address-syntax': OfName
  }
  'rfc5280/information-access': {
    'ocsp-is-no-address': None
    'ca-issuers-no-http-or-ldap': None
    'address-syntax': OfName
  }
  'rfc5280/criticality': {
    'must-be': OfExtension
    'must-not-be': OfExtension
    'should-be': OfExtension
    'should-not-be': OfExtension
    unknown: { readonly oid: string }
  }
  'rfc5280/certificate-transparency': { 'poison-and-timestamps': None }
  'rfc5280/authority-extensions': { 'only-for-authorities': OfExtension }
}
