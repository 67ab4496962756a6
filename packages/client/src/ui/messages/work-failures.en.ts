/** What can go wrong in the commands that work on files. */
export const WORK_FAILURES_EN = {
  file_exists: { says: '{file} is there already', hint: 'choose another name, or write over it with --force' },
  input_twice: { says: 'standard input can be read only once', hint: 'put one of the two into a file' },
  secret_on_terminal: {
    says: 'a private key is not printed on a terminal',
    hint: 'write it to a file with -o FILE, or ask for it with --show',
  },
  binary_on_terminal: { says: 'this form is not text', hint: 'write it to a file with -o FILE' },
  key_missing: { says: '{file} holds no private key', hint: 'pass the file with the key' },
  keys_several: { says: '{file} holds several private keys', hint: 'pass a file with one of them' },

  nothing_to_use: { says: '{file} holds nothing that this command can use', hint: 'look with scel inspect' },
  certificate_missing: { says: 'there is no certificate in {file}', hint: 'look with scel inspect' },
  anchor_elsewhere: {
    says: 'only desks of the other environment are known here',
    hint: 'give the root with --anchor FILE, or name the environment with --environment',
  },
  anchor_missing: { says: 'there is nothing to trust', hint: 'give the root with --anchor FILE' },
  purpose_missing: { says: 'the purpose is not said', hint: 'give --purpose with one of {expected}' },

  form_missing: { says: 'the form is not said', hint: 'give --to with one of {expected}' },
  convert_several: { says: '{file} holds {count} objects, and this form takes one', hint: 'choose --to pem' },
  certificate_of_key_missing: {
    says: 'no certificate in {file} is that of the key',
    hint: 'add it with --chain FILE, or compare with scel key match',
  },
  public_key_missing: { says: 'this has no public key', hint: 'pass a key, a certificate or a request' },
  request_missing: { says: '{file} holds no certificate request', hint: 'look with scel inspect' },
  names_missing: {
    says: 'nothing says for whom the request is',
    hint: 'give --subject, --dns, --email, --ip or --uri',
  },

  form_not_for_key: { says: 'a key of this kind, {key}, cannot be written as {form}', hint: 'choose another form' },
  seed_gone: { says: 'the key came without its seed', hint: 'convert the file that the key was first written to' },
  key_cannot_sign: {
    says: 'a key of this kind, {key}, cannot sign, so it cannot ask for itself',
    hint: 'choose another --type; authorities have other ways for such keys',
  },
  request_key_missing: {
    says: 'there is no key to ask with',
    hint: 'give --key FILE, or --key-out FILE for a new one',
  },

  service_redirects: {
    says: '{host} sends on to another address, which is not followed',
    hint: 'fetch it yourself, and give the file',
  },
  service_refused: { says: '{host} answered with status {status}', hint: 'try again later, or give the file' },
  service_answer_long: {
    says: '{host} answered with more than {limit} bytes',
    hint: 'fetch it yourself, and give the file',
  },
  service_many: { says: 'no more than {limit} addresses are asked', hint: 'give the other lists as files' },

  nothing_to_lint: {
    says: '{file} holds no certificate, request or revocation list',
    hint: 'look with scel inspect',
  },
} as const
