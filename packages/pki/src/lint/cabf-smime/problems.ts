// CA/Browser Forum, Baseline Requirements for the Issuance and Management of Publicly-Trusted S/MIME Certificates,
// version 1.0.16. They take RFC 5280 as given (§7.1.2.4), so what that says is not said again here: judge by both.

type None = Record<never, never>
interface OfName {
  readonly name: string
}
interface OfAttribute {
  readonly attribute: string
}
interface OfPurpose {
  readonly purpose: string
}
interface OfExtension {
  readonly extension: string
}

export interface CabfSmimeProblems {
  'cabf-smime/policy': {
    absent: None
    'no-reserved': None
    'several-reserved': { readonly policies: string }
    legacy: { readonly policy: string }
    critical: None
  }
  'cabf-smime/authority-policy': {
    absent: None
    'neither-reserved-nor-any': None
    'any-beside-others': None
    'root-has-policies': None
  }
  'cabf-smime/policy-qualifiers': { 'not-http': OfName; 'notice-without-text': None; 'notice-reference': None }
  'cabf-smime/validity': {
    'too-long': { readonly days: number; readonly most: number }
    'at-maximum': { readonly days: number }
  }
  'cabf-smime/serial-number': { short: { readonly length: number } }
  'cabf-smime/key': {
    'not-allowed': { readonly kind: string; readonly bits: number }
    'rsa-too-short': { readonly bits: number; readonly least: number }
    'rsa-size': { readonly bits: number }
    'rsa-exponent': { readonly exponent: string }
    'rsa-small-factor': { readonly factor: number }
    'rsa-close-primes': None
    'rsa-roca': None
  }
  'cabf-smime/signature': { 'not-allowed': { readonly oid: string } }
  'cabf-smime/crl-distribution-points': { absent: None; critical: None; 'no-http': None; 'other-scheme': OfName }
  'cabf-smime/authority-info-access': {
    absent: None
    'no-ca-issuers': None
    'not-an-address': { readonly method: string }
    'other-scheme': OfName
    'no-http': { readonly method: string }
  }
  'cabf-smime/basic-constraints': { 'root-path-length': None }
  'cabf-smime/key-usage': {
    absent: None
    'not-critical': None
    forbidden: { readonly kind: string; readonly usage: string }
    'none-of': { readonly kind: string; readonly usages: string }
    needs: { readonly usage: string; readonly needed: string }
    'authority-without': { readonly usage: string }
  }
  'cabf-smime/extended-key-usage': {
    absent: None
    'no-email-protection': None
    forbidden: OfPurpose
    'not-strict': OfPurpose
    'since-2027': OfPurpose
    'authority-critical': None
    'root-has-purposes': None
  }
  'cabf-smime/authority-key-identifier': { absent: None; 'no-key-identifier': None; 'issuer-and-serial': None }
  'cabf-smime/alternative-names': {
    absent: None
    'no-mailbox': None
    'forbidden-name': { readonly kind: string }
    'forbidden-other-name': { readonly oid: string }
    'not-repeated': { readonly address: string }
  }
  'cabf-smime/extensions': { forbidden: OfExtension; critical: OfExtension; 'lei-syntax': None }
  'cabf-smime/subject-attributes': {
    forbidden: OfAttribute
    required: OfAttribute
    'no-name': None
    'name-and-pseudonym': None
  }
  'cabf-smime/subject-contents': {
    insignificant: OfAttribute
    'common-name': { readonly value: string }
    needs: OfAttribute & { readonly needed: string }
    'several-mailboxes': None
    country: { readonly value: string }
  }
  'cabf-smime/organization-identifier': {
    syntax: { readonly value: string }
    country: { readonly value: string; readonly country: string }
    euid: { readonly value: string }
  }
  'cabf-smime/authority-subject': { required: OfAttribute }
  'cabf-smime/name-constraints': { mailbox: OfName }
  'cabf-smime/crl': { unspecified: { readonly count: number } }
}
