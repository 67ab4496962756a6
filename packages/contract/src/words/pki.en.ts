import type { PkiErrorCode } from '@scel/pki/errors'
import type { Sentence } from './sentence.ts'

// ICU message texts; English. Arguments are the facts of the code. Typographic apostrophes, since ' quotes in ICU.
export const PKI_EN: Readonly<Record<PkiErrorCode, Sentence>> = {
  algorithm_unsupported: {
    says: 'The algorithm {oid} is not supported here.',
    hint: 'Use one of the algorithms the documentation lists.',
  },
  algorithm_weak: {
    says: 'The file is protected with an old, weak method: {name}.',
    hint: 'Such files are read only when that is asked for; store what it holds under a modern method.',
  },
  certificate_expired: {
    says: 'The certificate of {subject} expired on {notAfter, date, long}.',
    hint: 'Use a newer one, or check that the clock is right.',
  },
  certificate_malformed: {
    says: 'This is not a well-formed certificate: {what}.',
    hint: 'Ask for the file again; it may have been damaged on its way.',
  },
  certificate_not_yet_valid: {
    says: 'The certificate of {subject} is valid only from {notBefore, date, long}.',
    hint: 'Wait until then, or check that the clock is right.',
  },
  certificate_revoked: {
    says: 'The certificate of {subject} (serial {serial}) was revoked on {at, date, long}.',
    hint: 'Ask its owner for a new one.',
  },
  cms_malformed: {
    says: 'This signed or encrypted file cannot be read: {what}.',
    hint: 'Ask for the file again; it may have been damaged on its way.',
  },
  content_altered: {
    says: 'The content is not what was signed.',
    hint: 'It was altered on its way or afterwards; ask its sender for it again.',
  },
  content_missing: {
    says: 'The signature stands alone: the content that was signed is not in the file.',
    hint: 'Give the content as well.',
  },
  content_too_long: {
    says: 'The content is too long to be sealed in one piece: the limit is {limit, number} bytes.',
    hint: 'Seal it in several parts.',
  },
  content_twice: {
    says: 'The signed file holds a content of its own, and another was given with it.',
    hint: 'Check the signed file alone; what it holds is what was signed.',
  },
  crl_malformed: {
    says: 'This is not a well-formed revocation list: {what}.',
    hint: 'Fetch the list again from its authority.',
  },
  crl_outdated: {
    says: 'The revocation list of {issuer} does not count at {at, date, long}: it runs from {thisUpdate, date, long} to {nextUpdate, date, long}.',
    hint: 'Fetch the current list, or check that the clock is right.',
  },
  decryption_failed: {
    says: 'This could not be decrypted: another key made it, or it was damaged or altered on the way.',
    hint: 'Ask for it again, encrypted for your present certificate.',
  },
  der_malformed: {
    says: 'The data is not well-formed DER: {what}, at byte {offset}.',
    hint: 'Check that the file is complete and of the right kind.',
  },
  der_too_deep: {
    says: 'The data is nested too deeply: {what}.',
    hint: 'Such a file is damaged or hostile; do not use it.',
  },
  encoding_malformed: {
    says: 'The text is not well encoded: {what}.',
    hint: 'Copy it again, whole.',
  },
  extension_critical_unknown: {
    says: 'The certificate of {subject} has a critical extension that is not known here: {oid}.',
    hint: 'It must be refused; ask its authority what it is for.',
  },
  extension_duplicate: {
    says: 'The extension {oid} stands twice.',
    hint: 'Make the file again with each extension once.',
  },
  host_mismatch: {
    says: 'The certificate of {subject} is not for the host {wanted}. Hosts in it: {names}.',
    hint: 'Check the address; if it is right, whoever runs the server needs a certificate that names it.',
  },
  identity_mismatch: {
    says: 'The signature is that of {subject}, not that of {wanted}.',
    hint: 'Ask the sender by another way whose signature it is; until then, do not believe who it says it is from.',
  },
  input_too_large: {
    says: '{what}: more than the limit of {limit}.',
    hint: 'Check that this is the right file.',
  },
  issuer_unknown: {
    says: 'The certificate of {subject} comes from an authority that is not known here: {issuer}.',
    hint: 'Add that authority if you trust it, or use a certificate from a known one.',
  },
  key_incapable: {
    says: '{what, select, sign {This key does not sign where it is kept.} decrypt {This key does not decrypt where it is kept.} agree {This key does not agree on a secret where it is kept.} other {This key does not open a secret where it is kept.}}',
    hint: 'Use another key, or have its token, store or service allow it.',
  },
  key_malformed: {
    says: 'The key cannot be read: {what}.',
    hint: 'Check that the file is complete and holds the right kind of key.',
  },
  key_mismatch: {
    says: 'Key and certificate do not belong together: {what}.',
    hint: 'Choose the key that the certificate was made for.',
  },
  key_passphrase_wrong: {
    says: 'The file opens, but the key inside has another passphrase.',
    hint: 'Give the passphrase of the key as well.',
  },
  key_too_weak: {
    says: 'The key of {subject} is too weak: {bits} bits.',
    hint: 'Do not trust this chain; its authority needs a stronger key.',
  },
  key_unavailable: {
    says: '{why, select, absent {The key cannot be used: {where} is not there.} locked {The key cannot be used: {where} is locked.} pin {The key cannot be used: wrong PIN for {where}.} slow {The key cannot be used: {where} does not answer.} refused {The key cannot be used: {where} refuses.} other {The key cannot be used: {where} failed.}}',
    hint: '{why, select, absent {Put the token in, or see that its service runs, and try again.} locked {Have it unlocked by those who look after it.} pin {Check the PIN before you try again: after a few wrong ones the token locks.} slow {See that it is connected, and try again.} refused {Have those who look after it allow this use.} other {Try again; if it goes on, ask those who look after it.}}',
  },
  key_usage_missing: {
    says: 'The certificate of {subject} does not allow its key this use: {usage}.',
    hint: 'Use a certificate made for it.',
  },
  mime_malformed: {
    says: 'This is not a mail as the standards have it ({what}).',
    hint: 'Save it again from the mail program as the original message; a mail that was cut or edited cannot be read.',
  },
  name_constraint_violated: {
    says: 'The name {name} of {subject} is outside what its authority may certify.',
    hint: 'The authority must issue it under another authority.',
  },
  name_malformed: {
    says: 'The name cannot be read: {what}.',
    hint: 'Correct the name and try again.',
  },
  not_a_recipient: {
    says: 'This was sealed for others: none of the keys here opens it.',
    hint: 'Choose the key, or the passphrase, that it was sealed for.',
  },
  not_an_authority: {
    says: '{subject} signed a certificate but is not an authority.',
    hint: 'Do not trust this chain.',
  },
  ocsp_malformed: {
    says: 'This is not a well-formed OCSP message: {what}.',
    hint: 'Ask again.',
  },
  ocsp_outdated: {
    says: 'The OCSP answer of {thisUpdate, date, long} is out of date.',
    hint: 'Ask again, or check that the clock is right.',
  },
  ocsp_refused: {
    says: 'The OCSP responder refused to answer: {status}.',
    hint: 'Try again later.',
  },
  oid_malformed: {
    says: 'The object identifier cannot be read: {what}.',
    hint: 'Write it as numbers with dots.',
  },
  passphrase_missing: {
    says: 'The key is protected by a passphrase, and none was given.',
    hint: 'Give the passphrase as well.',
  },
  passphrase_wrong: {
    says: 'The passphrase is wrong.',
    hint: 'Type it again; mind capitals and the keyboard’s language.',
  },
  path_length_exceeded: {
    says: '{subject} may not have another authority below it.',
    hint: 'Do not trust this chain.',
  },
  path_too_costly: {
    says: 'Checking this chain costs too much: {item}.',
    hint: 'Give only the certificates that belong to the chain.',
  },
  path_too_long: {
    says: 'The chain above {subject} has more than {limit, plural, one {# certificate} other {# certificates}}.',
    hint: 'No chain in use is that long: ask whoever issued it for a certificate nearer to its root.',
  },
  pem_encryption_old: {
    says: 'The key is encrypted in the old way of OpenSSL, which protects it badly (Proc-Type: 4,ENCRYPTED).',
    hint: 'Convert it where it was made: openssl pkcs8 -topk8 -in OLD -out NEW.',
  },
  pem_malformed: {
    says: 'This is not well-formed PEM text: {what}.',
    hint: 'Copy the whole block, from BEGIN to END.',
  },
  pkcs12_key_missing: {
    says: 'This .p12 file holds no private key.',
    hint: 'Ask for the file with the key, or use its certificates alone.',
  },
  pkcs12_keys_several: {
    says: 'This .p12 file holds {count} private keys where one is expected.',
    hint: 'Export the key that you need alone.',
  },
  pkcs12_mac_missing: {
    says: 'Nothing in this .p12 file shows whether somebody changed it.',
    hint: 'Ask for a file with a password check, or allow this one if you know where it comes from.',
  },
  pkcs12_malformed: {
    says: 'This .p12 file cannot be read: {what}.',
    hint: 'Ask for the file again; it may have been damaged on its way.',
  },
  policy_missing: {
    says: 'The chain of {subject} holds none of the certificate policies that are asked for.',
    hint: 'Use a certificate issued under such a policy, or ask for another one.',
  },
  recipient_missing: {
    says: 'Nobody is named who could open it.',
    hint: 'Name one recipient at least.',
  },
  recipient_not_usable: {
    says: 'Nothing can be sealed for {subject}: {why, select, key {the key of the certificate only signs} usage {the certificate does not allow its key to receive} weak {the key is too weak} other {{why}}}.',
    hint: 'Ask for a certificate that is made for encryption.',
  },
  recipients_mixed: {
    says: 'Some recipients have post-quantum keys and some have classical ones; whoever breaks one classical key could read it all.',
    hint: 'Seal it once for each kind, or say that you want it so.',
  },
  request_malformed: {
    says: 'This is not a well-formed certificate request: {what}.',
    hint: 'Make the request again.',
  },
  revocation_unknown: {
    says: 'Nothing says whether the certificate of {subject} (serial {serial}) was revoked.',
    hint: 'Fetch the revocation list of its authority.',
  },
  signature_invalid: {
    says: 'The signature does not hold: {what}.',
    hint: 'The content was altered or signed with another key; do not use it.',
  },
  signature_missing: {
    says: 'Nobody signed this file.',
    hint: 'Ask for a signed one; a file without signature says nothing about where it comes from.',
  },
  signer_unknown: {
    says: 'The certificate of the signer is missing: {signer}.',
    hint: 'Ask the signer for the certificate, and give it along.',
  },
  string_malformed: {
    says: 'The text cannot be read: {what}.',
    hint: 'Correct the text and try again.',
  },
  time_malformed: {
    says: 'The date cannot be read: {what}.',
    hint: 'Correct the date and try again.',
  },
  time_stamp_malformed: {
    says: 'This is not a well-formed time-stamp message: {what}.',
    hint: 'Ask for the time stamp again.',
  },
  time_stamp_refused: {
    says: 'The time-stamp service refused: {status}.',
    hint: 'Ask again later, or ask another service.',
  },
  usage_not_allowed: {
    says: 'The certificate of {subject} is not made for this purpose: {purpose}.',
    hint: 'Use a certificate made for it.',
  },
}
