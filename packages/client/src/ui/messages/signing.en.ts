/** What sign, verify-signature and timestamp say. */
export const SIGNING_EN = {
  sign_signed: 'signed by {name} ({algorithm})',
  sign_stamped: 'stamped on {at} by {name}',
  sign_not_made_for: 'the certificate of {name} is not made for signing: others may refuse the signature',

  label_signed_by: 'signed by',
  label_algorithm: 'algorithm',
  label_signing_time: 'signed on',
  label_time_stamp: 'time stamp',
  label_chain: 'chain',
  label_identity: 'identity',
  label_revocation: 'revocation',
  label_countersigned_by: 'countersigned by',

  signature_number: 'signature {number} of {count}',
  signature_by_unknown: 'somebody whose certificate is missing',
  signature_time: '{at}, as the signer says',
  signature_stamp: '{at}, by {name}',
  signature_stamp_bad: 'does not count: {reason}',
  signature_counter_bad: '{name}, which does not hold: {reason}',
  vouched: '{what}, vouched by {desk}',
  signature_integrity: 'the content is what was signed',
  signature_chain:
    'leads to an authority that is trusted{environment, select, test { in the test environment alone} other {}}, on {at}',
  signature_chain_stamped:
    'leads to an authority that is trusted{environment, select, test { in the test environment alone} other {}}, at the time of the stamp, {at}',
  signature_identity: 'the certificate names {wanted}',
  signature_identity_open: 'not asked: anyone may have signed',
  signature_identity_anyone: 'not asked',
  signature_revocation: 'not revoked',
  signature_revocation_unless: 'not known to be revoked',
  signature_revocation_open: 'not asked',
  signature_revocation_idle: 'not asked, since no chain holds',
  signatures_hold: '{count, plural, one {the signature holds} =2 {both signatures hold} other {all # signatures hold}}',
  signatures_fail: '{count, plural, one {the signature does not hold} other {not all of the # signatures hold}}',
  signatures_open:
    '{count, plural, one {the signature is genuine, but not all that counts is known} other {the # signatures are genuine, but not all that counts is known}}',
  signature_ask_identity:
    'say whose signature it must be with --email or --fingerprint, or take anyone’s with --anyone',
  signature_ask_revocation:
    'have the list fetched with --online, give it with --crl, or leave revocation out with --without-revocation',
  signature_ask_revocation_still: 'give the list with --crl, or leave revocation out with --without-revocation',
  signature_content: 'compared with {file}',
  signature_desk_roots: 'trusted ({environment}): {names}',

  stamp_imprint: 'the content is what was stamped',
  stamp_holds: 'the time stamp holds: the content existed on {at}',
  stamp_fails: 'the time stamp does not hold',
  stamp_asked: '{desk} is asked for the time',
  stamp_stamped: 'stamped on {at} by {name}, number {serial}',
} as const

/** What can go wrong in them. */
export const SIGNING_FAILURES_EN = {
  signer_missing: {
    says: 'there is no certificate to sign with on this machine',
    hint: 'give one with --as FILE (.p12 or PEM)',
  },
  signer_not_found: {
    says: 'nobody of the name {wanted} has a certificate on this machine, and there is no such file',
    hint: 'see yours with scel requests, or give a file with --as FILE',
  },
  signers_several: {
    says: '{count} certificates could sign: {names}',
    hint: 'choose one with --as, by e-mail address, name, fingerprint, file or number of the request',
  },
  tsa_anchor_missing: {
    says: 'nothing says which time-stamp service is trusted',
    hint: 'give its root with --tsa-anchor FILE',
  },
  tsa_url_missing: { says: 'no time-stamp service is known', hint: 'give its address with --url URL' },
  service_not_trusted: {
    says: 'the TLS certificate of {host} does not come from an authority that this system trusts',
    hint: 'use its http address: what it answers is signed and needs no TLS',
  },
  tsa_unreadable: {
    says: '{host} answered something that is no time stamp (status {status})',
    hint: 'check the address of the time-stamp service',
  },
  content_not_inside: {
    says: '{file} holds no content to write out',
    hint: 'leave out -o: the content is the file that was signed',
  },
  output_mixed: { says: 'the result and the content cannot both go to standard output', hint: 'give -o FILE' },
} as const

/** Their help. */
export const SIGNING_HELP_EN = {
  value_signer: 'signer',
  value_content: 'content',
  value_address: 'address',
  sign: 'sign a file',
  sign_file: 'the file to sign, or - for standard input',
  sign_as: 'who signs: a .p12 or PEM file, an e-mail address, a name or the number of a request; may be repeated',
  sign_key: 'file with the private key, when that of the signer holds none',
  sign_chain: 'file with certificates to send along, may be repeated',
  sign_detached: 'write the signature alone (FILE.p7s); otherwise the content is inside (FILE.p7m)',
  sign_timestamp: 'have the signature stamped by the time-stamp service at this address',
  sign_tsa_anchor: 'file with the authorities that are trusted for time stamps, may be repeated (default: your desks’)',
  sign_pem: 'write PEM',
  sign_anyway: 'sign although the certificate is expired, or not for signing (usage)',
  sign_out: 'write to this file, - for standard output (default: beside the file)',
  verify_signature: 'say whose signature a file has, and whether it holds',
  verify_signature_file: 'the signature or signed file, PEM, DER or BER, or a time stamp; - for standard input',
  verify_signature_content: 'what was signed, when it is not inside (default: the file beside, without .p7s)',
  verify_signature_anchor: 'file with the authorities that are trusted, may be repeated (default: your desks’)',
  verify_signature_environment: 'whose roots are trusted without --anchor: production or test (default: production)',
  verify_signature_email: 'the e-mail address that the signer’s certificate must have',
  verify_signature_fingerprint: 'SHA-256 fingerprint that the signer’s certificate must have',
  verify_signature_anyone: 'take the signature of anyone whom the authorities vouch for',
  verify_signature_without_revocation: 'do not ask whether certificates were revoked',
  verify_signature_revocation: 'required: unknown is refused; if-known: only revoked is (default: required)',
  verify_signature_purpose:
    'what the signer’s certificate must be for: email-signing, code-signing, any (default: email-signing)',
  verify_signature_tsa_anchor: 'file with the authorities that are trusted for time stamps (default: as --anchor)',
  verify_signature_old: 'take SHA-1 and short RSA keys, to read archives',
  verify_signature_out: 'write the content that is inside to this file, when everything holds; - for standard output',
  timestamp: 'have a file stamped by a time-stamp service',
  timestamp_file: 'the file to stamp, or - for standard input; it does not leave this machine',
  timestamp_url: 'address of the time-stamp service (default: that of your desk)',
  timestamp_desk: 'the desk that stamps, and is believed: its name, host or address',
  timestamp_signature: 'FILE is a signature: put the time stamp into it, as sign --timestamp does',
  timestamp_digest: 'digest that is stamped',
  timestamp_out: 'write the time stamp to this file, - for standard output (default: FILE.tst)',
  value_digest: 'digest',
} as const
