import type { SuiteSentences } from './sentences.ts'

export const RFC5280_EN: SuiteSentences<'rfc5280'> = {
  'rfc5280/well-formed': {
    unreadable: 'This cannot be read. {reason}',
    extension: 'The extension {extension} cannot be read. {reason}',
  },
  'rfc5280/version': {
    'not-3': 'The certificate is of version {version}; it must be of version 3.',
  },
  'rfc5280/serial-number': {
    negative: 'The serial number is negative.',
    zero: 'The serial number is zero.',
    'too-long': 'The serial number has {length} octets; 20 is the most.',
  },
  'rfc5280/signature': {
    parameters:
      'The signature algorithm {oid} is written with parameters that it must not have, or without those it needs.',
  },
  'rfc5280/validity': {
    'ends-before-it-begins': 'The validity ends before it begins.',
    'wrong-time-type':
      'The time {field} is of the wrong type: UTCTime is for years to 2049, GeneralizedTime for later ones.',
  },
  'rfc5280/subject': {
    'empty-issuer': 'The issuer has no name.',
    'authority-without-name': 'An authority must have a name.',
    'crl-signer-without-name': 'A signer of revocation lists must have a name.',
    'no-critical-alternative-name': 'Without a subject there must be an alternative name, in a critical extension.',
  },
  'rfc5280/subject-mail': {
    'not-repeated': 'The address {address} of the subject must also stand among the alternative names.',
    deprecated: 'An e-mail address in the subject is deprecated; its place is among the alternative names.',
  },
  'rfc5280/attribute-values': {
    'not-a-string': 'The value of {attribute} is not a text.',
    'too-long': 'The value of {attribute} has {length} characters; {longest} is the most.',
    empty: 'The value of {attribute} is empty.',
    'outer-spaces': 'The value of {attribute} begins or ends with a space.',
    country: 'The {attribute} “{value}” is not two capital letters.',
    'string-type': 'The value of {attribute} is of type {type}, which new certificates must not use for it.',
    'control-character': 'The value of {attribute} has a control character.',
    'twice-in-step': 'A step of a name has {attribute} twice.',
  },
  'rfc5280/issuer-values': {
    'string-type':
      'In the issuer’s name, the value of {attribute} is of type {type}, which is only kept for old names.',
  },
  'rfc5280/public-key': {
    'pre-hash': 'The key is for signatures over a hash ({oid}), which are not for certificates.',
  },
  'rfc5280/unique-identifiers': {
    present: 'The certificate has unique identifiers, which nobody must write any more.',
  },
  'rfc5280/key-identifiers': {
    absent: 'The extension {extension} is missing.',
    'should-be-present': 'The extension {extension} should be there.',
    critical: 'The extension {extension} must not be critical.',
  },
  'rfc5280/basic-constraints': {
    'not-critical': 'The basic constraints of an authority must be critical.',
    'keyCertSign-without-cA': 'The key may sign certificates, but the certificate is not an authority’s.',
    'path-length-without-cA': 'A path length is set, but the certificate is not an authority’s.',
    'path-length-without-keyCertSign': 'A path length is set, but the key may not sign certificates.',
  },
  'rfc5280/key-usage': {
    'authority-without-keyCertSign': 'An authority’s key must be allowed to sign certificates.',
    'no-bit': 'The key usage allows nothing.',
    'not-critical': 'The key usage should be critical.',
    'only-without-agreement': '{usage} means nothing without keyAgreement.',
    'encipherOnly-and-decipherOnly': 'encipherOnly and decipherOnly exclude each other.',
  },
  'rfc5280/key-usage-of-key': {
    forbidden: 'A key of kind {kind} must not have the usage {usage}.',
    required: 'A key of kind {kind} must have one of these usages: {usage}.',
    mixed: 'A key of kind {kind} that signs certificates or revocation lists should not also have: {usage}.',
  },
  'rfc5280/extended-key-usage': {
    'no-matching-key-usage': 'The key usage allows nothing that the purpose {purpose} needs.',
    'critical-with-any': 'A list of purposes that has “any” should not be critical.',
    twice: 'The purpose {purpose} stands there twice.',
    'time-stamping-not-critical': 'The purpose of time stamping must be critical.',
    'time-stamping-not-alone': 'Time stamping must be the only purpose.',
  },
  'rfc5280/certificate-policies': {
    'any-policy-qualifier': 'The policy “any” has a qualifier that only particular policies may have: {oid}.',
    'notice-reference': 'A notice refers to texts by number, which should not be done.',
    'notice-text-type': 'The text of a notice is of type {type}, which is forbidden for it.',
    'notice-text-less-preferred': 'The text of a notice is of type {type}; UTF8String is preferred.',
    'notice-text-too-long': 'The text of a notice has {length} characters; 200 is the most.',
    'notice-text-control-character': 'The text of a notice has a control character.',
    'notice-text-not-normalized': 'The text of a notice is not in the normal form of Unicode (NFC).',
    'address-syntax': 'The address of the practice statement is not a valid address: “{name}”.',
  },
  'rfc5280/policy-mappings': {
    'any-policy': 'A policy is mapped to or from “any”, which is forbidden.',
    'not-asserted': 'The policy {policy} is mapped, but the certificate does not have it.',
  },
  'rfc5280/alternative-names': {
    'dns-syntax': 'In {extension}, “{name}” is not a host name.',
    'mail-syntax': 'In {extension}, “{name}” is not an e-mail address.',
    'uri-syntax': 'In {extension}, “{name}” is not an absolute address (URI).',
    'uri-without-host': 'In {extension}, the address “{name}” names no host.',
    'address-with-mask': 'In {extension}, the IP address “{name}” has a mask; masks belong in name constraints.',
    'empty-directory-name': 'In {extension}, a directory name is empty.',
    'utf8-mail-syntax': 'In {extension}, “{name}” is not an international e-mail address.',
    'utf8-mail-is-ascii':
      'In {extension}, “{name}” needs no international form: it must be an ordinary e-mail address.',
    'utf8-mail-domain': 'In {extension}, the domain of “{name}” must be in small ASCII letters (xn--…).',
    'critical-beside-subject': 'The alternative names should not be critical when there is a subject.',
  },
  'rfc5280/name-constraints': {
    'not-critical': 'The name constraints must be critical.',
    'only-for-authorities': 'Only an authority’s certificate may have name constraints.',
    'unusual-name-form': 'The name constraints bind a form of name that they should not: {kind}.',
    'base-syntax': 'In the name constraints, “{name}” is not of the form its kind has there.',
    'address-without-mask': 'In the name constraints, the IP address “{name}” has no mask.',
    'mask-not-contiguous': 'In the name constraints, the mask of “{name}” is not ones followed by zeros.',
  },
  'rfc5280/distribution-points': {
    'no-name-and-no-issuer': 'In {extension}, a distribution point has neither an address nor an issuer.',
    'not-all-reasons': 'In {extension}, no distribution point covers all reasons.',
    'relative-name': 'In {extension}, a distribution point has a relative name, which should not be used.',
    'relative-to-several': 'In {extension}, a distribution point has a name relative to several issuers.',
    'issuer-is-no-directory-name': 'In {extension}, the issuer of the list is not a directory name.',
    'no-http-or-ldap': 'In {extension}, a distribution point should have an HTTP or LDAP address.',
    'address-syntax': 'In {extension}, “{name}” is not a valid address.',
  },
  'rfc5280/information-access': {
    'ca-issuers-no-http-or-ldap': 'The issuer’s certificate should have an HTTP or LDAP address.',
    'ocsp-is-no-address': 'The place of the OCSP responder must be an address (URI).',
    'address-syntax': 'In {extension}, “{name}” is not a valid address.',
  },
  'rfc5280/criticality': {
    'must-be': 'The extension {extension} must be critical.',
    'must-not-be': 'The extension {extension} must not be critical.',
    'should-be': 'The extension {extension} should be critical.',
    'should-not-be': 'The extension {extension} should not be critical.',
    unknown: 'The critical extension {oid} is unknown here; most programs will refuse the certificate.',
  },
  'rfc5280/certificate-transparency': {
    'poison-and-timestamps': 'A precertificate has time stamps of transparency logs, which it is only on its way to.',
  },
  'rfc5280/authority-extensions': {
    'only-for-authorities': 'The extension {extension} is for authorities; here it has nothing to do.',
  },
  'rfc5280/crl-fields': {
    'version-1': 'The list is of version 1; it must be of version 2.',
    'empty-issuer': 'The issuer has no name.',
    'no-next-update': 'The list does not say when the next one comes.',
    'ends-before-it-begins': 'The next list was due before this one was made.',
    'wrong-time-type':
      'The time {field} is of the wrong type: UTCTime is for years to 2049, GeneralizedTime for later ones.',
    'empty-entries': 'The list has a field for entries and none in it; then it must be left out.',
    'signature-parameters':
      'The signature algorithm {oid} has parameters that it must not have, or lacks those it must have.',
  },
  'rfc5280/crl-extensions': {
    absent: 'The extension {extension} is missing.',
    'must-be-critical': 'The extension {extension} must be critical.',
    'must-not-be-critical': 'The extension {extension} must not be critical.',
    'should-not-be-critical': 'The extension {extension} should not be critical.',
    'unknown-critical': 'The critical extension {oid} is unknown here; most programs will refuse the list.',
    'delta-before-base': 'The number of the list is below that of the list it says to change.',
    'delta-with-freshest': 'A list of changes must not say where to find lists of changes (freshestCRL).',
  },
  'rfc5280/crl-entries': {
    unspecified:
      'Entries with the reason “unspecified” should give none: {count}, the first with serial number {serial}.',
    'revoked-later':
      'Entries that were revoked after the list was made: {count}, the first with serial number {serial}.',
    'removed-outside-delta':
      'Only a list of changes may have entries that were removed: {count}, the first with serial number {serial}.',
    'must-be-critical':
      'In entries, the extension {extension} must be critical: {count}, the first with serial number {serial}.',
    'must-not-be-critical':
      'In entries, the extension {extension} must not be critical: {count}, the first with serial number {serial}.',
    'unknown-critical':
      'Entries have the critical extension {oid}, unknown here; the list must not be used without it.',
  },
}
