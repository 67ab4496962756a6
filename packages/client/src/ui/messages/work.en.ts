/** What the commands say that work on files: verify, convert, key, csr, lint. */
export const WORK_EN = {
  written: 'written to {file}',
  ask_passphrase: 'passphrase of {file}',
  ask_new_passphrase: 'new passphrase (at least {least} characters)',
  ask_passphrase_again: 'the same once more',
  ask_passphrase_short: 'at least {least} characters',
  ask_passphrase_differs: 'it is not the same',

  // verify
  chain_not_found: 'not found: {name}',
  chain_trusted: 'trusted',
  chain_dates: 'from {from} to {until}',
  chain_by_crl: 'list {number} of {at}',
  chain_by_ocsp: 'OCSP answer of {at}',
  chain_good: 'revocation: not revoked ({by})',
  chain_revoked: 'revocation: revoked on {at}, {reason} ({by})',
  chain_unknown: 'revocation: not known',
  chain_not_needed: 'revocation: not needed',
  chain_not_asked: 'revocation: not asked',
  chain_refused: 'refused:',
  chain_policies: 'policies: {policies}',
  verify_valid: 'valid for {purpose} on {at}',
  verify_invalid: 'not valid for {purpose} on {at}',
  verify_valid_any: 'valid on {at}',
  verify_invalid_any: 'not valid on {at}',
  verify_itself_anchor: '{name} is itself one of the anchors: trusted because you say so, nobody else vouches for it',
  verify_revocation_not_asked: 'revocation was not asked about: give --online, --crl or --ocsp',
  verify_fetched: 'fetched {url}',
  verify_not_fetched: 'could not fetch {url}: {reason}',
  verify_want_issuer: 'the issuer’s certificate may be had at {url}',
  verify_want_crl: 'a revocation list may be had at {url}',
  'verify_want_delta-crl': 'a delta revocation list may be had at {url}',
  verify_want_ocsp: 'an OCSP answer may be had at {url}',

  // key, csr, lint
  key_matches: 'the same key',
  key_differs: 'another key',
  key_written: 'the key is written to {file}',
  lint_error: 'error',
  lint_warning: 'warning',
  lint_notice: 'notice',
  lint_by: 'judged by {suites}',
  lint_finding: '{severity}: {says}',
  lint_none: '{name}: nothing to find fault with',

  // .p12 files
  pkcs12_weak: '{file} is weakly protected ({how}): convert it',
} as const
