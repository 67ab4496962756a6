import type { SuiteSentences } from './sentences.ts'

export const CABF_SMIME_EN: SuiteSentences<'cabf-smime'> = {
  'cabf-smime/policy': {
    absent: 'The certificate has no policy.',
    'no-reserved': 'None of the policies is one that the Forum reserves for S/MIME.',
    'several-reserved': 'Only one of the reserved policies may be there: {policies}.',
    legacy: 'No certificate may be issued under the legacy policy {policy} since 15 July 2025.',
    critical: 'The policies should not be critical.',
  },
  'cabf-smime/authority-policy': {
    absent: 'An authority’s certificate must have policies.',
    'neither-reserved-nor-any': 'None of the policies is reserved for S/MIME, and “any” is not there either.',
    'any-beside-others': 'The policy “any” must be the only one.',
    'root-has-policies': 'A root certificate should not have policies.',
  },
  'cabf-smime/policy-qualifiers': {
    'not-http': 'The address of the practice statement must be an HTTP or HTTPS address: “{name}”.',
    'notice-without-text': 'A notice must have a text.',
    'notice-reference': 'A notice must not refer to texts by number.',
  },
  'cabf-smime/validity': {
    'too-long': 'The certificate is valid for {days} days; {most} is the most.',
    'at-maximum': 'The certificate is valid for {days} days, the very most: a leap second would be too much.',
  },
  'cabf-smime/serial-number': {
    short: 'The serial number has only {length, plural, one {# octet} other {# octets}}, too few for 64 random bits.',
  },
  'cabf-smime/key': {
    'not-allowed': 'Keys of this kind are not allowed: {kind}, {bits} bits.',
    'rsa-too-short': 'The RSA key has {bits} bits; it must have at least {least}.',
    'rsa-size': 'The RSA key has {bits} bits, not a multiple of 8.',
    'rsa-exponent': 'The public exponent {exponent} of the RSA key should be at least 65537.',
    'rsa-small-factor': 'The RSA modulus is divisible by {factor}.',
    'rsa-close-primes': 'The primes of the RSA key are so close that anyone can find them.',
    'rsa-roca': 'The RSA key comes from a library whose keys can be broken (ROCA).',
  },
  'cabf-smime/signature': {
    'not-allowed': 'The signature algorithm {oid} is not allowed, or not in this encoding.',
  },
  'cabf-smime/crl-distribution-points': {
    absent: 'The certificate has no address of a revocation list.',
    critical: 'The addresses of revocation lists must not be critical.',
    'no-http': 'No revocation list can be fetched by HTTP.',
    'other-scheme': 'The address of a revocation list must be an HTTP address: “{name}”.',
  },
  'cabf-smime/authority-info-access': {
    absent: 'The certificate should say where its issuer’s certificate is (authority information access).',
    'no-ca-issuers': 'The certificate should say where its issuer’s certificate is (caIssuers).',
    'not-an-address': 'The place given for {method} must be an address (URI).',
    'other-scheme': 'The address must be an HTTP address: “{name}”.',
    'no-http': 'None of the places given for {method} is an HTTP address.',
  },
  'cabf-smime/basic-constraints': {
    'root-path-length': 'A root certificate should not bound the length of the chain.',
  },
  'cabf-smime/key-usage': {
    absent: 'The key usage is missing.',
    'not-critical': 'The key usage of an authority must be critical.',
    forbidden: 'The usage {usage} is not allowed for a key of kind {kind}.',
    'none-of': 'A key of kind {kind} must have at least one of these usages: {usages}.',
    needs: 'The usage {usage} needs {needed} beside it.',
    'authority-without': 'The key of an authority must have the usage {usage}.',
  },
  'cabf-smime/extended-key-usage': {
    absent: 'The purposes are missing (extended key usage).',
    'no-email-protection': 'Protection of e-mail must be among the purposes (emailProtection).',
    forbidden: 'The purpose {purpose} is not allowed.',
    'not-strict': 'The strict generation has no purpose beside emailProtection: {purpose}.',
    'since-2027': 'Since 1 July 2027 only emailProtection and clientAuth are allowed: {purpose}.',
    'authority-critical': 'The purposes of an authority should not be critical.',
    'root-has-purposes': 'A root certificate must not have purposes.',
  },
  'cabf-smime/authority-key-identifier': {
    absent: 'The identifier of the issuer’s key is missing.',
    'no-key-identifier': 'The issuer’s key must be given by its identifier.',
    'issuer-and-serial': 'The issuer’s key must not be given by a name and a serial number.',
  },
  'cabf-smime/alternative-names': {
    absent: 'The alternative names are missing.',
    'no-mailbox': 'There is no e-mail address among the alternative names.',
    'forbidden-name': 'Names of this kind are not allowed among the alternative names: {kind}.',
    'forbidden-other-name': 'The strict generation does not allow other names of this kind: {oid}.',
    'not-repeated': 'The address {address} must also stand among the alternative names.',
  },
  'cabf-smime/extensions': {
    forbidden: 'This profile does not allow the extension {extension}.',
    critical: 'The extension {extension} must not be critical.',
    'lei-syntax':
      'The legal entity identifier is not valid: twenty characters, the last two of which check the others.',
  },
  'cabf-smime/subject-attributes': {
    forbidden: 'This profile does not allow {attribute} in the subject.',
    required: 'The subject must have {attribute}.',
    'no-name': 'The subject must have a given name or surname, or a pseudonym.',
    'name-and-pseudonym': 'A pseudonym must not stand beside a given name or surname.',
  },
  'cabf-smime/subject-contents': {
    insignificant: 'The value of {attribute} says nothing.',
    'common-name': 'The common name “{value}” repeats nothing that this profile verifies.',
    needs: '{attribute} may only stand beside one of: {needed}.',
    country: 'There is no country with the code “{value}”.',
    'several-mailboxes': 'The emailAddress of the subject must be a single address.',
  },
  'cabf-smime/organization-identifier': {
    syntax: 'The organization identifier “{value}” is not of the form that the registration schemes have.',
    country: 'The organization identifier “{value}” is of another country than the subject: {country}.',
    euid: 'The organization identifier “{value}” of a German register should be the European one (EUID).',
  },
  'cabf-smime/authority-subject': {
    required: 'The name of an authority must have {attribute}.',
  },
  'cabf-smime/name-constraints': {
    mailbox: 'The name constraints must permit domains, not a single address: “{name}”.',
  },
  'cabf-smime/crl': {
    unspecified:
      'Entries without a particular reason must give none: {count, plural, one {# gives} other {# give}} “unspecified”.',
  },
}
