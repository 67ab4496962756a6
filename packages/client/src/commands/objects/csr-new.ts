import { domainToASCII } from 'node:url'
import { KEY_SPECS, type KeySpec } from '@scel/pki/algorithms'
import { pemEncode } from '@scel/pki/bytes'
import { exportPrivateKey, generateKeyPair, type PrivateKey, publicKeyFingerprint } from '@scel/pki/crypto'
import { isPkiError } from '@scel/pki/errors'
import { buildRequest, formatName, type GeneralName, makeExtension, makeMailName, parseNameText } from '@scel/pki/x509'
import { checkTarget, writeNew, writePrivate } from '../../state/files.ts'
import { stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import type { Command } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import { readMaterial } from '../input/material.ts'
import { usable } from '../input/open-key.ts'
import { PKCS12_OPTIONS } from '../input/open-pkcs12.ts'
import { checkOutput, deliver, OUTPUT_OPTIONS } from '../input/output.ts'
import { PASSPHRASE_OPTION } from '../input/passphrase.ts'
import type { Shell } from '../input/shell.ts'
import { specOf, TYPE_OPTION } from './key-new.ts'

/** `scel csr new`: a certificate request for any authority, with a key at hand or a new one. */
export const csrNew: Command = {
  arguments: [],
  options: [
    { name: 'subject', help: 'csr_subject', value: 'value_name' },
    { name: 'dns', help: 'csr_dns', value: 'value_name', many: true },
    { name: 'email', help: 'csr_email', value: 'value_text', many: true },
    { name: 'ip', help: 'csr_ip', value: 'value_text', many: true },
    { name: 'uri', help: 'csr_uri', value: 'value_url', many: true },
    { name: 'key', help: 'csr_key', value: 'value_file' },
    PASSPHRASE_OPTION,
    ...PKCS12_OPTIONS,
    TYPE_OPTION,
    { name: 'key-out', help: 'csr_key_out', value: 'value_file' },
    ...OUTPUT_OPTIONS,
  ],
  run: runNew,
}

async function runNew(shell: Shell, given: Given): Promise<ExitCode> {
  const subject = parseNameText(given.text('subject') ?? '')
  const names = namesOf(given)
  if (subject.rdns.length === 0 && names.length === 0) stop('names_missing')
  await checkOutput(shell, given, { content: '', secret: false })
  const key = await keyFor(shell, given)
  // A name that is not in the subject has to be looked at: RFC 5280 §4.2.1.6.
  const critical = subject.rdns.length === 0
  const extensions = names.length > 0 ? [makeExtension('subjectAltName', names, critical)] : []
  const content = pemEncode('CERTIFICATE REQUEST', await buildRequest({ subject, key, extensions }))
  const facts = {
    subject: formatName(subject, 'rfc4514'),
    type: key.spec,
    fingerprint: await publicKeyFingerprint(key.publicKey),
    ...(given.text('key-out') === undefined ? {} : { key: given.text('key-out') }),
  }
  await deliver(shell, given, { content, secret: false }, facts)
  return EXIT.done
}

function namesOf(given: Given): GeneralName[] {
  return [
    ...given.list('dns').map((value): GeneralName => ({ kind: 'dNSName', value: hostName(value) })),
    ...given.list('email').map(mailNameOf),
    ...given.list('ip').map((value): GeneralName => ({ kind: 'iPAddress', value })),
    ...given.list('uri').map((value): GeneralName => ({ kind: 'uri', value })),
  ]
}

/** @throws option_value_wrong */
function mailNameOf(text: string): GeneralName {
  try {
    return makeMailName(text)
  } catch (error) {
    if (!isPkiError(error)) throw error
    return stop('option_value_wrong', { option: '--email', value: text, expected: 'ana@example.org' })
  }
}

/** As certificates have it: in ASCII, a wildcard kept. @throws option_value_wrong */
function hostName(text: string): string {
  const [, star = '', rest = ''] = /^(\*\.)?(.*)$/.exec(text) ?? []
  const name = domainToASCII(rest)
  return name ? star + name : stop('option_value_wrong', { option: '--dns', value: text, expected: 'www.example.org' })
}

/** The key at hand, or a new one, written before the request that is worth nothing without it. */
async function keyFor(shell: Shell, given: Given): Promise<PrivateKey> {
  const [file, out] = [given.text('key'), given.text('key-out')]
  if (file !== undefined) {
    if (out !== undefined) stop('options_exclude', { one: '--key', other: '--key-out' })
    const { items } = await readMaterial(shell, given, file)
    const item = items.find(({ kind }) => kind === 'private key')
    const key = item?.kind === 'private key' ? usable(item.key) : stop('key_missing', { file })
    checkSigns(key.spec)
    return key
  }
  if (out === undefined) return stop('request_key_missing')
  const spec = specOf(given)
  checkSigns(spec)
  await checkTarget(out, given.flag('force'))
  const { privateKey } = await generateKeyPair(spec)
  const pem = pemEncode('PRIVATE KEY', await exportPrivateKey(privateKey))
  await (given.flag('force') ? writePrivate : writeNew)(out, pem)
  shell.voice.say('key_written', { file: out })
  return privateKey
}

/** A request shows by its signature that its maker holds the key (RFC 2986 §3). @throws key_cannot_sign */
function checkSigns(spec: KeySpec): void {
  if (KEY_SPECS[spec].use !== 'sign') stop('key_cannot_sign', { key: spec })
}
