import { signedName } from '@scel/files/names'
import type { ByteSource } from '@scel/pki/asn1'
import { signContent, signDetached } from '@scel/pki/cms'
import { pemOf } from '../../signing/index.ts'
import { stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { progressBar } from '../../ui/progress.ts'
import type { Command } from '../input/command.ts'
import { checkTarget, contentOf, deliverPieces, type Target } from '../input/content.ts'
import type { Given } from '../input/given.ts'
import type { Keys } from '../input/keys.ts'
import { PKCS12_OPTIONS } from '../input/open-pkcs12.ts'
import { PASSPHRASE_OPTION } from '../input/passphrase.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import { FAULTS, saySigned, signedFacts, signOptionsOf } from './signed-by.ts'
import { type FoundSigner, findSigner, SIGNER_OPTIONS } from './signer.ts'
import { type StampFacts, TSA_ANCHOR_OPTION } from './stamp.ts'

/** `scel sign`: a signature (CMS) beside a file, or a file with its signature around it. */
export const sign: Command = {
  arguments: [{ name: 'value_file', help: 'sign_file', required: true }],
  options: [
    { name: 'as', help: 'sign_as', value: 'value_signer', many: true },
    ...SIGNER_OPTIONS,
    { name: 'detached', help: 'sign_detached' },
    { name: 'timestamp', help: 'sign_timestamp', value: 'value_url' },
    TSA_ANCHOR_OPTION,
    { name: 'pem', help: 'sign_pem' },
    { name: 'anyway', help: 'sign_anyway', value: 'value_kind', choices: FAULTS, many: true },
    { name: 'out', short: 'o', help: 'sign_out', value: 'value_file' },
    { name: 'force', help: 'force' },
    PASSPHRASE_OPTION,
    ...PKCS12_OPTIONS,
  ],
  run: runSign,
}

async function runSign(session: Shell & State & Keys, given: Given): Promise<ExitCode> {
  const { voice, outside } = session
  const file = given.argument(0) ?? stop('argument_missing', { argument: 'FILE' })
  const detached = given.flag('detached')
  const target = targetOf(session, given, file, detached)
  await checkTarget(session, target)
  const signers = await signersOf(session, given)
  const stamps: StampFacts[] = []
  const options = await signOptionsOf(session, given, signers, stamps)
  const { source, length } = await contentOf(session, file)
  const bar = progressBar(outside, voice, length)
  try {
    const content = passing(source, (bytes) => bar.add(bytes))
    const signed = detached ? onePiece(() => signDetached(content, options)) : signContent(content, options)
    await deliverPieces(session, target, target.text ? pemOf(signed) : signed)
  } finally {
    bar.end()
  }
  const facts = await signedFacts(options, stamps)
  const signingTime = options.at.toISOString()
  if (target.file !== '-') voice.result({ file: target.file, detached, signingTime, signers: facts }, () => [])
  saySigned(facts, options, voice)
  if (target.file !== '-') voice.say('written', { file: target.file })
  return EXIT.done
}

/** @throws output_mixed, out_is_input */
function targetOf({ voice }: Shell, given: Given, file: string, detached: boolean): Target {
  const target = given.text('out') ?? (file === '-' ? '-' : signedName(file, detached))
  if (target === '-' && voice.json) stop('output_mixed')
  if (target === file && file !== '-') stop('out_is_input', { file })
  return { file: target, force: given.flag('force'), text: given.flag('pem') }
}

async function signersOf(session: Shell & State & Keys, given: Given): Promise<FoundSigner[]> {
  const wanted: readonly (string | undefined)[] = given.list('as').length > 0 ? given.list('as') : [undefined]
  const signers: FoundSigner[] = []
  for (const one of wanted) signers.push(await findSigner(session, given, one))
  return signers
}

async function* passing(source: ByteSource, count: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const bytes of source) {
    yield bytes
    count(bytes.length)
  }
}

async function* onePiece(make: () => Promise<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield await make()
}
