import { ENVIRONMENTS } from '@scel/contract/values'
import { onePiece } from '@scel/files/objects'
import type { DigestName } from '@scel/pki/algorithms'
import { toHex } from '@scel/pki/bytes'
import { digestStream } from '@scel/pki/crypto'
import type { MessageImprint } from '@scel/pki/tsp'
import { pemOf } from '../../signing/index.ts'
import type { NamedRecord } from '../../state/desk-record.ts'
import { deskLabel, desksOf, labels } from '../../state/desks.ts'
import { stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { progressBar } from '../../ui/progress.ts'
import { chosenDesks, DESK_OPTION, desksThere } from '../input/chosen-desks.ts'
import { type Command, ENVIRONMENT_OPTION } from '../input/command.ts'
import { checkTarget, contentOf, deliverPieces, type Target } from '../input/content.ts'
import type { Given } from '../input/given.ts'
import { PKCS12_OPTIONS } from '../input/open-pkcs12.ts'
import { PASSPHRASE_OPTION } from '../input/passphrase.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import {
  type Stamper,
  type StampFacts,
  stampAddress,
  stamperFor,
  stampFacts,
  TSA_ANCHOR_OPTION,
  tsaUrl,
} from './stamp.ts'
import { stampSignedFile } from './stamp-signature.ts'

const DIGESTS: Readonly<Record<string, DigestName>> = { sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' }

/** `scel timestamp`: proof by a time-stamp service that a file existed (RFC 3161). The file stays here. */
export const timestamp: Command = {
  arguments: [{ name: 'value_file', help: 'timestamp_file', required: true }],
  options: [
    { name: 'url', help: 'timestamp_url', value: 'value_url' },
    ENVIRONMENT_OPTION,
    { ...DESK_OPTION, help: 'timestamp_desk' },
    TSA_ANCHOR_OPTION,
    {
      name: 'digest',
      help: 'timestamp_digest',
      value: 'value_digest',
      choices: Object.keys(DIGESTS),
      default: 'sha256',
    },
    { name: 'signature', help: 'timestamp_signature' },
    { name: 'pem', help: 'sign_pem' },
    { name: 'out', short: 'o', help: 'timestamp_out', value: 'value_file' },
    { name: 'force', help: 'force' },
    PASSPHRASE_OPTION,
    ...PKCS12_OPTIONS,
  ],
  run: runTimestamp,
}

async function runTimestamp(session: Shell & State, given: Given): Promise<ExitCode> {
  const { voice } = session
  const file = given.argument(0) ?? stop('argument_missing', { argument: 'FILE' })
  const inside = given.flag('signature')
  const target = targetOf(session, given, file, inside)
  if (!inside) await checkTarget(session, target)
  const meant = await chosenDesks(session.desks, given, given.environment())
  const url = await serviceUrl(session, given, meant)
  const stamping = meant.find(({ record }) => stampAddress(record) === url.href)
  const desk = stamping && deskLabel(stamping.record)
  if (desk !== undefined) voice.say('stamp_asked', { desk })
  const stamper = await stamperFor(session, given, url, meant)
  const { facts, imprint } = inside
    ? { facts: await stampSignedFile(session, file, target, stamper), imprint: undefined }
    : await stampFile(session, given, file, target, stamper)
  const document = {
    file: target.file,
    ...(desk === undefined ? {} : { desk }),
    ...(imprint ? { imprint, ...facts[0] } : { timeStamps: facts }),
  }
  if (target.file !== '-') voice.result(document, () => [])
  for (const { at, tsa, serial } of facts) voice.say('stamp_stamped', { at: voice.instant(at), name: tsa, serial })
  if (target.file !== '-') voice.say('written', { file: target.file })
  return EXIT.done
}

interface Stamped {
  readonly facts: readonly StampFacts[]
  readonly imprint: { readonly digest: string; readonly hash: string }
}

async function stampFile(shell: Shell, given: Given, file: string, target: Target, stamper: Stamper): Promise<Stamped> {
  const imprint = await imprintOfFile(shell, file, DIGESTS[given.text('digest') ?? ''] ?? 'SHA-256')
  const { token, stamp } = await stamper(imprint)
  const piece = onePiece(token)
  await deliverPieces(shell, target, target.text ? pemOf(piece) : piece)
  return { facts: [stampFacts(stamp)], imprint: { digest: imprint.digest, hash: toHex(imprint.hash) } }
}

/** @throws output_mixed, out_is_input */
function targetOf({ voice }: Shell, given: Given, file: string, inside: boolean): Target {
  const target = given.text('out') ?? (file === '-' || inside ? file : `${file}.tst`)
  if (target === '-' && voice.json) stop('output_mixed')
  if (target === file && file !== '-' && !inside) stop('out_is_input', { file })
  return { file: target, force: given.flag('force'), text: given.flag('pem') }
}

/** That of the only desk, for the only environment, where no address is given. @throws option_value_wrong, tsa_url_missing, desk_needed */
async function serviceUrl(session: State, given: Given, meant: readonly NamedRecord[]): Promise<URL> {
  const text = given.text('url')
  if (text !== undefined) return tsaUrl(text, '--url')
  const named = given.text(DESK_OPTION.name) !== undefined
  const environments = given.environment() === undefined ? ENVIRONMENTS : [given.environment()!]
  const known = await Promise.all(environments.map((environment) => desksThere(session.desks, environment)))
  // One that is not believed is asked nothing, nor is another one in its place while a person has not said which is meant.
  const desks = desksOf(
    named || meant.length === 0 ? meant : [...meant, ...known.flatMap(({ unbelieved }) => unbelieved)],
  )
  if (desks.length > 1) stop('desk_needed', { question: 'other', name: '', desks: labels(desks) })
  const [only, ...more] = new Set(meant.map(({ record }) => stampAddress(record)))
  return only !== undefined && more.length === 0 ? new URL(only) : stop('tsa_url_missing')
}

async function imprintOfFile(shell: Shell, file: string, digest: DigestName): Promise<MessageImprint> {
  const { source, length } = await contentOf(shell, file)
  const stream = digestStream(digest)
  const bar = progressBar(shell.outside, shell.voice, length)
  try {
    for await (const bytes of source) {
      stream.update(bytes)
      bar.add(bytes.length)
    }
  } finally {
    bar.end()
  }
  return { digest, hash: await stream.digest() }
}
