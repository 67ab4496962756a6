import type { PkiErrorCode } from '@scel/pki/errors'

/** What `scel seal` and `scel open` say, their help, and what can go wrong in them. */
export const SEALING_EN = {
  progress: '{percent}%  {done} of {total}  {rate}/s  {left} left',
  progress_open: '{done}  {rate}/s',
  seal_for: 'sealed for {subject}{count, plural, one {} other { (# certificates)}}, named by {desk}',
  seal_for_file: 'sealed for {subject}, from the file {file}',
  file_beside: 'the file {name} of this folder is not meant: for that, write ./{name}',
  seal_written: '{file}: {size}',
  open_by: 'opened with the key of {subject}',
  open_passphrase: 'opened with the passphrase',
  open_written: '{file}: {size}',
  open_unpacked: '{folder}: {count, plural, one {# file} other {# files}}, {size}',
  open_still_signed: '{file} is signed: scel verify-signature says by whom, and takes the content out',
  open_not_protected: 'nothing protected this from change on its way: {cipher} only encrypts',
} as const

export const SEALING_HELP_EN = {
  value_recipient: 'recipient',
  value_cipher: 'cipher',
  value_padding: 'padding',
  value_out: 'place',
  seal: 'seal files so that only the recipients can open them (CMS)',
  seal_file: 'a file; several files, or a folder, become one archive first; - for standard input',
  seal_to:
    'whom it is sealed for: an e-mail address or a name (all good certificates of theirs), or a certificate file (./FILE), may be repeated',
  seal_environment: 'whose directory knows the names of --to: production or test (default: production)',
  seal_desk: 'the desk that is asked about the names of --to: its name, host or address (default: each of yours)',
  seal_revocation:
    'of certificates that a directory has: required: unknown is refused; if-known: only revoked is (default: required)',
  seal_out: 'write the sealed file here (default: beside FILE, with .p7m added), - for standard output',
  seal_cipher: 'aes-256-gcm, or aes-256-cbc for mail programs that read nothing newer, which protects from no change',
  seal_rsa: 'how the key is sealed for RSA: oaep, or pkcs1-v1.5 for programs that read nothing newer',
  seal_mixed: 'seal for post-quantum and classical keys in one, which is as weak as the classical ones',
  seal_sign: 'sign it first: a .p12 or PEM file, an e-mail address, a name or the number of a request; may be repeated',
  seal_timestamp: 'have the signature stamped by the time-stamp service at this address',
  open: 'open what was sealed',
  open_file: 'the sealed file, or - for standard input',
  open_out: 'folder for the content, or its file name (default: beside FILE), - for standard output',
  open_key: 'file with the key, PEM or .p12 (default: the key in the stores that it was sealed for), may be repeated',
  open_certificate: 'file with the certificate of the key, may be repeated',
  open_keep_zip: 'leave an archive as it is',
  open_signed: 'take it only with a signature that holds, and take the content out of it',
  open_danger_unverified: 'with -o -: print the content before it is known whether somebody altered it',
  open_danger_old: 'read what triple DES or RC2 encrypted',
} as const

/** What to do about errors of the library, where the command has an option for it. */
export const SEALING_HINTS_EN: Readonly<Partial<Record<PkiErrorCode, string>>> = {
  recipients_mixed: 'seal it once for each kind, or add --mixed if you want it so',
}

export const SEALING_FAILURES_EN = {
  not_a_file: { says: '{file} is neither a file nor a folder', hint: 'leave it out' },
  file_changed: { says: '{file} was written to while it was read', hint: 'run the command again' },
  link_leaves: {
    says: 'the link {file} leads to a folder, to nothing, or out of what is sealed',
    hint: 'take it away, or seal what it leads to by its own name',
  },
  name_unfit: { says: 'no archive can carry the name {name}', hint: 'give the file another name' },
  name_twice: { says: 'two of the files have the name {name}', hint: 'give one of them another name' },
  entries_too_many: { says: 'there are more than {most, number} files', hint: 'seal them in several parts' },
  recipient_needed: { says: 'nobody is said to seal it for', hint: 'give --to with a certificate, address or name' },
  recipient_unknown: {
    says: 'no certificate is found for {name}',
    hint: 'check how it is written, or give the file of the certificate',
  },
  recipient_unvouched: {
    says: 'of {name} only a certificate that came from elsewhere is in the stores here, and nobody vouches that it is theirs',
    hint: 'compare its fingerprint with what they tell you, and give the file of the certificate',
  },
  recipient_several: {
    says: '{name} may be any of {found}',
    hint: 'give the e-mail address, or the file of the certificate',
  },
  recipient_desks: {
    says: 'several desks have a certificate of {name}: {found}',
    hint: 'say whose with --desk, or give the file of the certificate that you mean',
  },
  recipient_otherwise: {
    says: '{desk} answers {name} with {found}, whom the certificate does not call so',
    hint: 'write it as it stands there, name another desk with --desk, or give the file of the certificate that you mean',
  },
  recipient_status_unknown: {
    says: 'it is not known whether the certificate of {name} is revoked ({reason})',
    hint: 'try again when the addresses in it answer; to seal without knowing, add --revocation if-known',
  },
  own_key_missing: {
    says: 'no key in the stores of this machine opens {file}',
    hint: 'give the key with --key FILE',
  },
  own_certificate_missing: {
    says: '{file} holds a key without its certificate',
    hint: 'give the certificate with --certificate FILE',
  },
  not_sealed: { says: '{file} is not a sealed file', hint: 'look with scel inspect' },
  folder_exists: { says: '{file} is there already', hint: 'move it away, or choose another place with -o' },
  out_is_input: { says: '{file} would be written over itself', hint: 'choose another name with -o' },
  out_needed: { says: 'the content of standard input has no name', hint: 'give one with -o' },
  danger_needs_out: { says: '{option} is for standard output only', hint: 'add -o -, or leave it out' },
  archive_refused: {
    says: 'the archive was not unpacked: {reason, select, name {the name {name} would lead somewhere else} letters {the name {name} has letters that a name must not have} link {the entry {name} is neither file nor folder} encrypted {the entry {name} is encrypted once more} compressed {the entry {name} is not of those that sealing makes} twice {the name {name} comes twice} overlap {its entries overlap} size {it would become larger than it is} entries {it holds too many entries} other {it is damaged, or may be read in two ways}}',
    hint: 'ask whoever sealed it; --keep-zip leaves it as it is',
  },
} as const
