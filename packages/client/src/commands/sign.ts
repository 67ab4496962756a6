import { defaultSignature } from '@scel/pki/algorithms'
import type { ByteSource } from '@scel/pki/asn1'
import { type SignOptions, signContent, signDetached } from '@scel/pki/cms'
import { nameOf, pemOf, signerFacts, signs } from '../signing/index.ts'
import { stop } from '../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../ui/exit-code.ts'
import { progressBar } from '../ui/progress.ts'
import type { Command } from './command.ts'
import type { Given } from './given.ts'
import { PKCS12_OPTIONS } from './open-pkcs12.ts'
import { PASSPHRASE_OPTION } from './passphrase.ts'
import type { Session } from './session.ts'
import { checkTarget, contentOf, deliverPieces, type Target } from './signed-source.ts'
import { type FoundSigner, findSigner, SIGNER_OPTIONS } from './signer.ts'
import { type StampFacts, stamperFor, stampFacts, TSA_ANCHOR_OPTION, tsaUrl } from './stamp.ts'

const FAULTS = ['expired', 'usage'] as const

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

async function runSign(session: Session, given: Given): Promise<ExitCode> {
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
  const facts = []
  for (const [index, signer] of options.signers.entries()) {
    const algorithm = signer.algorithm ?? defaultSignature(signer.key.spec)
    const stamp = stamps[index]
    const timeStamp = stamp ? { timeStamp: stamp } : {}
    facts.push({ ...(await signerFacts(signer.certificate)), algorithm: algorithm.name, ...timeStamp })
  }
  const signingTime = options.at.toISOString()
  if (target.file !== '-') voice.result({ file: target.file, detached, signingTime, signers: facts }, () => [])
  for (const { subject, algorithm, timeStamp } of facts) {
    voice.say('sign_signed', { name: subject, algorithm })
    if (timeStamp) voice.say('sign_stamped', { at: voice.instant(timeStamp.at), name: timeStamp.tsa })
  }
  for (const { certificate } of options.signers) {
    if (!signs(certificate)) voice.say('sign_not_made_for', { name: nameOf(certificate) })
  }
  if (target.file !== '-') voice.say('written', { file: target.file })
  return EXIT.done
}

/** @throws output_mixed, out_is_input */
function targetOf({ voice }: Session, given: Given, file: string, detached: boolean): Target {
  const target = given.text('out') ?? (file === '-' ? '-' : `${file}${detached ? '.p7s' : '.p7m'}`)
  if (target === '-' && voice.json) stop('output_mixed')
  if (target === file && file !== '-') stop('out_is_input', { file })
  return { file: target, force: given.flag('force'), text: given.flag('pem') }
}

async function signersOf(session: Session, given: Given): Promise<FoundSigner[]> {
  const wanted: readonly (string | undefined)[] = given.list('as').length > 0 ? given.list('as') : [undefined]
  const signers: FoundSigner[] = []
  for (const one of wanted) signers.push(await findSigner(session, given, one))
  return signers
}

/** How it is signed: by whom, now, and stamped where that is asked for; `stamps` hears of each stamp. */
export async function signOptionsOf(
  session: Session,
  given: Given,
  signers: readonly FoundSigner[],
  stamps: StampFacts[],
): Promise<SignOptions> {
  const url = given.text('timestamp')
  const stamper = url === undefined ? undefined : await stamperFor(session, given, tsaUrl(url, '--timestamp'))
  const anyway = FAULTS.filter((fault) => given.list('anyway').includes(fault))
  return {
    signers: signers.map(({ signer }) => ({ ...signer, anyway })),
    certificates: signers.flatMap(({ chain }) => chain),
    at: session.outside.now(),
    signal: session.outside.signal,
    ...(stamper
      ? {
          stamp: async ({ digest, value }) => {
            const { token, stamp } = await stamper({ digest, hash: value })
            stamps.push(stampFacts(stamp))
            return token
          },
        }
      : {}),
  }
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
