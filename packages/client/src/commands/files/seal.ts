import { resolve } from 'node:path'
import { nameOf } from '@scel/files/certificates'
import { sealedName } from '@scel/files/names'
import { type CertificateRecipient, type SealCipher, type SignOptions, sealContent, signContent } from '@scel/pki/cms'
import { fingerprint } from '@scel/pki/x509'
import type { DirectoryDoor } from '../../enrol/doors.ts'
import { type ContentToSeal, contentToSeal, deliverPart } from '../../sealing/index.ts'
import { checkTarget } from '../../state/files.ts'
import { formatBytes } from '../../ui/bytes.ts'
import { stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { progressBar } from '../../ui/progress.ts'
import type { Voice } from '../../ui/voice.ts'
import { DESK_OPTION } from '../input/chosen-desks.ts'
import { type Command, ENVIRONMENT_OPTION } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import type { Keys } from '../input/keys.ts'
import { PKCS12_OPTIONS } from '../input/open-pkcs12.ts'
import { PASSPHRASE_OPTION } from '../input/passphrase.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import { type Recipient, recipientsOf } from './recipients.ts'
import { saySigned, signedFacts, signOptionsOf } from './signed-by.ts'
import { findSigner, SIGNER_OPTIONS } from './signer.ts'
import { type StampFacts, TSA_ANCHOR_OPTION } from './stamp.ts'
import { RECIPIENT_REVOCATION_OPTION } from './unrevoked.ts'

const CIPHERS: Readonly<Record<string, SealCipher>> = {
  'aes-256-gcm': 'AES-256-GCM',
  'aes-128-gcm': 'AES-128-GCM',
  'aes-256-cbc': 'AES-256-CBC',
  'aes-128-cbc': 'AES-128-CBC',
}

const KEY_TRANSPORTS: Readonly<Record<string, NonNullable<CertificateRecipient['keyTransport']>>> = {
  oaep: 'OAEP',
  'pkcs1-v1.5': 'PKCS1-v1.5',
}

/** `scel seal`: files that only the recipients can open. */
export const seal: Command = {
  arguments: [{ name: 'value_file', help: 'seal_file', required: true, many: true }],
  options: [
    { name: 'to', help: 'seal_to', value: 'value_recipient', many: true },
    { ...ENVIRONMENT_OPTION, help: 'seal_environment' },
    { ...DESK_OPTION, help: 'seal_desk' },
    RECIPIENT_REVOCATION_OPTION,
    { name: 'out', short: 'o', help: 'seal_out', value: 'value_out' },
    { name: 'force', help: 'force' },
    {
      name: 'cipher',
      help: 'seal_cipher',
      value: 'value_cipher',
      choices: Object.keys(CIPHERS),
      default: 'aes-256-gcm',
    },
    {
      name: 'rsa',
      help: 'seal_rsa',
      value: 'value_padding',
      choices: Object.keys(KEY_TRANSPORTS),
      default: 'oaep',
    },
    { name: 'mixed', help: 'seal_mixed' },
    { name: 'sign', help: 'seal_sign', value: 'value_signer', many: true },
    ...SIGNER_OPTIONS,
    { name: 'timestamp', help: 'seal_timestamp', value: 'value_url' },
    TSA_ANCHOR_OPTION,
    PASSPHRASE_OPTION,
    ...PKCS12_OPTIONS,
  ],
  run: runSeal,
}

interface Signing {
  readonly options: SignOptions
  /** Those that came; all of them once everything is sealed. */
  readonly stamps: readonly StampFacts[]
}

async function runSeal(session: Shell & State & Keys & DirectoryDoor, given: Given): Promise<ExitCode> {
  const { outside, voice } = session
  const content = await contentToSeal(outside, given.rest(0))
  const target = await targetOf(session, given, content)
  const recipients = await recipientsOf(session, given)
  const sign = await signing(session, given)
  const cipher = CIPHERS[given.text('cipher') ?? ''] ?? 'AES-256-GCM'
  const keyTransport = KEY_TRANSPORTS[given.text('rsa') ?? ''] ?? 'OAEP'
  const bar = progressBar(outside, voice, content.size)
  let length = 0
  const plain = await content.read((bytes) => {
    length += bytes
    bar.add(bytes)
  })
  const source = sign ? signContent(plain, sign.options) : plain
  const sealed = sealContent(source, {
    recipients: recipients.map(({ certificate }) => ({ kind: 'certificate', certificate, keyTransport })),
    cipher,
    at: outside.now(),
    signal: outside.signal,
    ...(content.size === undefined ? {} : { contentLength: content.size }),
    ...(given.flag('mixed') ? { mixing: 'classical-and-post-quantum' } : {}),
  })
  const size = await deliverPart(outside, sealed, target, given.flag('force')).finally(() => bar.end())
  const signers = sign ? await signedFacts(sign.options, sign.stamps) : undefined
  if (sign && signers) saySigned(signers, sign.options, voice)
  sayRecipients(recipients, voice)
  if (target === '-') return EXIT.done
  const document = {
    ...{ file: target, size, contentLength: length, cipher, recipients: await viewsOf(recipients) },
    ...(signers ? { signers } : {}),
  }
  voice.result(document, () => [voice.plain('seal_written', { file: target, size: formatBytes(size, voice.language) })])
  return EXIT.done
}

/**
 * How the content is signed before it is sealed, if that is asked for: a whole signed file then lies inside, which every
 * program that opens the seal can verify.
 * @throws option_needs for a time stamp without a signature, and what finding signers throws
 */
async function signing(session: Shell & State & Keys, given: Given): Promise<Signing | undefined> {
  const wanted = given.list('sign')
  if (wanted.length === 0)
    return given.text('timestamp') === undefined
      ? undefined
      : stop('option_needs', { option: '--timestamp', other: '--sign' })
  const signers = []
  for (const one of wanted) signers.push(await findSigner(session, given, one))
  const stamps: StampFacts[] = []
  return { options: await signOptionsOf(session, given, signers, stamps), stamps }
}

/** @throws binary_on_terminal, options_exclude, file_exists, out_is_input */
async function targetOf({ outside, voice }: Shell, given: Given, { target }: ContentToSeal): Promise<string> {
  const signed = given.list('sign').length > 0 && target ? sealedName(target) : target // one ending for each layer
  const out = given.text('out') ?? signed ?? '-'
  if (out === '-') {
    if (voice.json) stop('options_exclude', { one: '--json', other: '-o -' })
    return outside.columns === undefined ? out : stop('binary_on_terminal')
  }
  if (given.rest(0).some((file) => resolve(file) === resolve(out))) stop('out_is_input', { file: out })
  await checkTarget(out, given.flag('force'))
  return out
}

/** Each once, by name and where it was found; of somebody with several certificates, how many. */
function sayRecipients(recipients: readonly Recipient[], voice: Voice): void {
  const named = new Map<string, { subject: string; desk: string; count: number }>()
  for (const { certificate, file, desk = '' } of recipients) {
    const subject = nameOf(certificate)
    if (file !== undefined) {
      voice.say('seal_for_file', { subject, file })
      continue
    }
    const key = `${subject}\n${desk}`
    named.set(key, { subject, desk, count: (named.get(key)?.count ?? 0) + 1 })
  }
  for (const facts of named.values()) voice.say('seal_for', facts)
}

const viewsOf = (recipients: readonly Recipient[]): Promise<object[]> =>
  Promise.all(
    recipients.map(async ({ certificate, file, desk }) => ({
      subject: nameOf(certificate),
      serial: certificate.serialHex,
      fingerprint: await fingerprint(certificate.der),
      ...(file === undefined ? {} : { file }),
      ...(desk === undefined ? {} : { desk }),
    })),
  )
