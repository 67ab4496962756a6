/** What is said of keys and certificates in the stores of this machine, from desks and from elsewhere. */
export const IDENTITIES_EN = {
  label_for: 'for',
  label_chain: 'chain',
  label_place: 'place',
  label_name: 'name',
  use_sign: 'signing',
  use_open: 'opening what was sealed',
  use_client: 'signing in (TLS client)',
  use_server: 'a server (TLS)',
  use_none: 'nothing that scel does',
  list_none:
    'this machine has no certificate with its key yet: ask for one with scel enrol, or bring one with scel import',
  list_former: '{name} (former)',
  list_from_elsewhere: 'none: imported',
  import_done: '{name}: imported',
  import_again: '{name}: is here already, nothing was changed',
  import_reordered:
    'the certificates were not in order, the certificate itself first and each authority after what it signed: that was put right',
  import_chain_missing:
    'the certificate of {issuer}, which issued it, is missing: those who check it may not find the way; add it with --chain FILE',
  import_chain_ends: 'the chain ends at {last}; {issuer}, which issued that, is not there',
  import_strangers:
    '{count, plural, one {# certificate is not of the chain and was left out} other {# certificates are not of the chain and were left out}}: {names}',
  import_elsewhere: 'the same key lies in other places on this machine, too: {places}',
} as const

export const IDENTITIES_HELP_EN = {
  list: 'list the certificates of which this machine has the key: from whom, until when, for what',
  import: 'bring a key and certificate that were made elsewhere into a store of this machine',
  import_file: 'a .p12 or .pfx file, or PEM with the key, its certificate and those above it; - for standard input',
  import_key: 'file with the private key, when FILE does not hold it',
  import_chain: 'file with certificates above it, may be repeated',
  import_store:
    'store in which the key is to live: file (the default), or the PKCS #11 URI of a token, which it then never leaves',
  import_machine: 'into the store of the machine, not of this user',
  import_replace: 'in the place of another certificate of the same key',
  export: 'write a certificate of this machine, with its chain, into a file; with its private key where you ask for it',
  identity_which:
    'which certificate: number of its request, e-mail address, name or beginning of its fingerprint, as scel list shows them',
  test_anchor: 'with --url: file with an authority that the server there may be from, may be repeated',
  export_name:
    'which: e-mail address, name, number of the request or beginning of the fingerprint, as scel list shows them (default: the only one)',
  export_to: 'cer (the certificate alone), pem (with its chain, the default) or p7b (with its chain and root)',
  export_with_key: 'write a .p12 file with the private key, under a passphrase that you choose',
  export_device: 'with --with-key: what is to open the file (default: today’s programs)',
} as const

export const IDENTITIES_FAILURES_EN = {
  test_needs_url: {
    says: 'this certificate came from elsewhere: no desk is known at which it could be tried',
    hint: 'give the https address of a server that takes it with --url',
  },
  no_identity: {
    says: 'this machine has no certificate with its key',
    hint: 'ask for one with scel enrol, or bring one with scel import',
  },
  identity_unknown: { says: 'no certificate of this machine is that of {wanted}', hint: 'see them with scel list' },
  identity_several: {
    says: '{count} certificates of this machine may be meant: {names}',
    hint: 'name one by e-mail address, name, number of the request or the beginning of its fingerprint',
  },
  key_never_leaves: {
    says: 'the private key is in {place}, which no key leaves',
    hint: 'leave --with-key out to export the certificate; who is to have a key elsewhere asks for a certificate there',
  },
  import_nothing: {
    says: '{file} holds neither a key nor a certificate that can be read: it is damaged, or another kind of file',
    hint: 'have it sent or made again: .p12, .pfx or PEM; scel inspect {file} says what it is',
  },
  import_key_missing: {
    says: '{file} holds no private key: without it a certificate is of no use here',
    hint: 'give the key with --key FILE, or have the file made again where the key is, with its private key',
  },
  import_certificate_missing: {
    says: '{file} holds a private key and no certificate',
    hint: 'give the certificate with --chain FILE; to ask for one, scel csr new --key {file}',
  },
  import_key_other: {
    says: 'no certificate in {file} is that of its private key',
    hint: 'give the right one with --chain FILE, or compare with scel key match',
  },
  import_key_unusable: {
    says: 'the key in {file} ({key}) is of a kind that is not used any more, or that scel does not use',
    hint: 'open what was sealed for it with scel open --key {file}; for anything else have a new certificate made',
  },
  adopted_key_other: {
    says: 'the key is not that of the certificate',
    hint: 'compare the two with scel key match, and give those that belong together',
  },
  adopted_certificate_other: {
    says: 'this key is in {place} already, with another certificate',
    hint: 'add --replace if the new one is to take its place: what was sealed for the present one may then not be found by it any more',
  },
  adopted_elsewhere: {
    says: 'this key is noted to be in {place}',
    hint: 'it is noted for one token: to have it in another one, move {folder} away first',
  },
  certificates_too_large: {
    says: 'the certificates are longer than {limit} bytes',
    hint: 'check that it is the right file: no certificate that programs use is as long',
  },
} as const
