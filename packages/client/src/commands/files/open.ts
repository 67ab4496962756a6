import { mkdir, rm, rmdir, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { isOurZip } from '@scel/files/archives'
import { opensByPassphrase, opensForAll } from '@scel/files/kinds'
import { contentName } from '@scel/files/names'
import type { ByteSource } from '@scel/pki/asn1'
import { type ByteSink, describeSealed, type Opened, openContent, type SealedFacts } from '@scel/pki/cms'
import { hasCode } from '@scel/pki/errors'
import type { Outside } from '../../outside.ts'
import { accessToFile, type PartFile, partFile, partFolder, readFileInParts } from '../../sealing/index.ts'
import { unwrapped } from '../../signing/index.ts'
import { checkTarget, writeFailure } from '../../state/files.ts'
import { sweep } from '../../state/sweep.ts'
import { formatBytes } from '../../ui/bytes.ts'
import { stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { progressBar } from '../../ui/progress.ts'
import type { Command } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import { passphraseFor } from '../input/passphrase.ts'
import type { Session } from '../input/session.ts'
import { decryptionKeys, KEY_OPTIONS } from './decryption-keys.ts'
import { JUDGING_OPTIONS, type SignatureQuestion, signatureQuestion } from './signature-question.ts'
import { looksSigned, takeOutOfSignature } from './signed-content.ts'

/** `scel open`: what was sealed for one of one's keys. */
export const open: Command = {
  arguments: [{ name: 'value_file', help: 'open_file', required: true }],
  options: [
    { name: 'out', short: 'o', help: 'open_out', value: 'value_out' },
    { name: 'force', help: 'force' },
    ...KEY_OPTIONS,
    { name: 'keep-zip', help: 'open_keep_zip' },
    { name: 'signed', help: 'open_signed' },
    ...JUDGING_OPTIONS.filter(({ name }) => KEY_OPTIONS.every((option) => option.name !== name)),
    { name: 'danger-unverified', help: 'open_danger_unverified' },
    { name: 'danger-old', help: 'open_danger_old' },
  ],
  run: runOpen,
}

async function runOpen(session: Session, given: Given): Promise<ExitCode> {
  const file = given.argument(0) ?? stop('argument_missing', { argument: 'FILE' })
  const place = await placeOf(session, given, file)
  const { signal } = session.outside
  const question = given.flag('signed') ? await signatureQuestion(session, given) : undefined
  const found = file === '-' ? undefined : await readFileInParts(file, signal)
  const opening = await openingOf(session, given, file, found && unwrapped(found))
  const source = unwrapped(found ?? session.outside.input())
  const work: Work = { session, given, file, source, length: found?.length, opening, question }
  const valid = place === 'output' ? await toOutput(work) : await toPlace(work, place)
  return valid ? EXIT.done : EXIT.failed
}

interface Work {
  readonly session: Session
  readonly given: Given
  readonly file: string
  readonly source: ByteSource
  /** Of what is sealed, where it is known. */
  readonly length: number | undefined
  readonly opening: Parameters<typeof openContent>[1]
  /** How the signature inside is judged, when one must be there. */
  readonly question: SignatureQuestion | undefined
}

interface Place {
  readonly folder: string
  readonly name: string
  /** Whether the person chose the name, as against the folder alone. */
  readonly exact: boolean
}

/** @throws binary_on_terminal, options_exclude, danger_needs_out, out_needed, file_exists */
async function placeOf({ outside, voice }: Session, given: Given, file: string): Promise<Place | 'output'> {
  const out = given.text('out') ?? (file === '-' ? '-' : undefined)
  if (given.flag('signed') && given.flag('danger-unverified')) {
    stop('options_exclude', { one: '--signed', other: '--danger-unverified' })
  }
  if (out === '-') {
    if (voice.json) stop('options_exclude', { one: '--json', other: '-o -' })
    return outside.columns === undefined ? 'output' : stop('binary_on_terminal')
  }
  if (given.flag('danger-unverified')) stop('danger_needs_out', { option: '--danger-unverified' })
  const isFolder = out !== undefined && (/[\\/]$/.test(out) || (await isDirectory(out)))
  if (file === '-' && isFolder) stop('out_needed')
  const exact = out !== undefined && !isFolder
  const place = exact
    ? { folder: dirname(out), name: basename(out), exact }
    : { folder: out ?? dirname(file), name: nameFor(given, file), exact }
  const target = join(place.folder, place.name)
  if (resolve(target) === resolve(file)) stop('out_is_input', { file })
  // An archive is called after what is in it, which is not known yet.
  if (!/\.zip$/i.test(target)) await checkTarget(target, given.flag('force'))
  return place
}

/** One ending less for each layer that is taken off. */
function nameFor(given: Given, file: string): string {
  const inside = contentName(basename(file))
  return given.flag('signed') ? contentName(inside) : inside
}

const isDirectory = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )

/** @throws own_key_missing, and what reading keys throws */
async function openingOf(
  session: Session,
  given: Given,
  file: string,
  source: ByteSource | undefined,
): Promise<Work['opening']> {
  const facts = source && (await factsOf(source, file))
  const keys = await decryptionKeys(session, given, facts)
  const forPassphrase = facts ? opensByPassphrase(facts) : given.text('passphrase-file') !== undefined
  const passphrase = forPassphrase && keys.length === 0 ? await passphraseFor(session, given, file) : undefined
  if (keys.length === 0 && passphrase === undefined && !(facts && opensForAll(facts))) stop('own_key_missing', { file })
  return {
    keys,
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(given.flag('danger-old') ? { danger: { oldCiphers: true } } : {}),
    signal: session.outside.signal,
  }
}

/** Whom it is sealed for. @throws not_sealed, and what `describeSealed` throws */
async function factsOf(source: ByteSource, file: string): Promise<SealedFacts> {
  try {
    return await describeSealed(source)
  } catch (error) {
    if (hasCode(error, 'der_malformed') && error.facts.offset === 0) return stop('not_sealed', { file })
    throw error
  }
}

async function run({ session, source, length, opening }: Work, sink: ByteSink): Promise<Opened> {
  const bar = progressBar(session.outside, session.voice, length)
  try {
    return await openContent(source, { ...opening, progress: bar.reach }, sink)
  } finally {
    bar.end()
  }
}

/** To standard output: only once all of it was checked, unless the person said that this does not matter. */
async function toOutput(work: Work): Promise<boolean> {
  const { session, given, question } = work
  const { outside } = session
  if (given.flag('danger-unverified')) {
    tell(work, await run(work, { write: (bytes) => outside.write(bytes) }))
    return true
  }
  return withNameless(outside, async (part) => {
    const opened = await run(work, part)
    await part.flush()
    tell(work, opened)
    if (!question) return print(part, outside)
    return withNameless(outside, async (content) => {
      const valid = await takeOutOfSignature(session, question, { file: work.file, part, aside: true }, content)
      await content.flush()
      return valid && print(content, outside)
    })
  })
}

/** A temporary file that has no name, where that can be: then nothing is left of it even when this process is killed. */
async function withNameless<T>(outside: Outside, use: (part: PartFile) => Promise<T>): Promise<T> {
  const part = await partFile(join(outside.env.TMPDIR || tmpdir(), 'opened'), false, outside.atExit)
  try {
    if (outside.platform !== 'win32') await rm(part.path)
    return await use(part)
  } finally {
    await part.discard()
  }
}

async function print({ handle }: PartFile, outside: Outside): Promise<true> {
  const buffer = Buffer.allocUnsafeSlow(1024 * 1024)
  for (let at = 0; ; ) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, at)
    if (bytesRead === 0) return true
    if (outside.signal.aborted) stop('interrupted')
    await outside.write(buffer.subarray(0, bytesRead))
    at += bytesRead
  }
}

async function toPlace(work: Work, place: Place): Promise<boolean> {
  const { session, given, question } = work
  const { outside, voice } = session
  const target = join(place.folder, place.name)
  const force = given.flag('force')
  const made = await mkdir(place.folder, { recursive: true, mode: 0o700 }).catch((error) => {
    throw writeFailure(error, place.folder)
  })
  let done = false
  const parts: PartFile[] = []
  const newPart = async (): Promise<PartFile> => {
    const part = await partFile(target, force, outside.atExit)
    parts.push(part)
    return part
  }
  try {
    await sweep(place.folder, outside.now())
    let part = await newPart()
    const opened = await run(work, part)
    await part.flush()
    const signed = question ? part : undefined
    if (question && signed) {
      part = await newPart()
      if (!(await takeOutOfSignature(session, question, { file: work.file, part: signed, aside: false }, part)))
        return false
      await part.flush()
      await signed.discard()
    }
    const facts =
      given.flag('keep-zip') || !(await isOurZip(await accessToFile(part.handle)))
        ? undefined
        : await unpack(work, part, place)
    const stillSigned = !question && (await looksSigned(part))
    const { size: length } = await part.handle.stat()
    if (!facts) await part.commit()
    done = true
    const { structure, cipher, authenticated } = opened
    const document = { ...(facts ?? { file: target }), length, structure, cipher, authenticated }
    const size = formatBytes(length, voice.language)
    const line = facts
      ? voice.plain('open_unpacked', { folder: facts.folder, count: facts.files, size })
      : voice.plain('open_written', { file: target, size })
    if (question) voice.lines([line])
    else voice.result(document, () => [line])
    tell(work, opened)
    if (stillSigned) voice.say('open_still_signed', { file: target })
    return true
  } finally {
    for (const part of parts) await part.discard()
    if (!done && made !== undefined) await takeAway(place.folder, made)
  }
}

/**
 * Unpacks beside the archive, and puts the whole in its place: a folder with all that is in it, or the one thing in it when that
 * bears the very name. What gets a name here gets it from whoever opens; a name that the archive chose could be one that a
 * shell or another program acts upon.
 */
async function unpack(
  { session }: Work,
  { handle }: PartFile,
  place: Place,
): Promise<{ folder: string; files: number }> {
  const { outside, voice } = session
  const name = place.exact ? place.name : place.name.replace(/(?<!^\.*)\.zip$/i, '') // what is left is never dots alone
  const named = join(place.folder, name)
  const { unzip } = await import('../../sealing/unzip.ts')
  const part = await partFolder(named, outside.atExit)
  const bar = progressBar(outside, voice, (await handle.stat()).size)
  try {
    const { platform, signal } = outside
    const { tops, files } = await unzip(handle, part.path, { platform, signal, count: bar.add })
    if (signal.aborted) stop('interrupted')
    await part.commit(named, tops.length === 1 && tops[0] === name && !place.exact ? name : undefined)
    return { folder: named, files }
  } finally {
    bar.end()
    await part.discard()
  }
}

/** The folders that were made, from the innermost outwards, as long as they are empty. */
async function takeAway(folder: string, made: string): Promise<void> {
  for (let at = resolve(folder); at.startsWith(resolve(made)); at = dirname(at)) {
    const gone = await rmdir(at).then(
      () => true,
      () => false,
    )
    if (!gone) return
  }
}

function tell({ session: { voice } }: Work, { authenticated, cipher }: Opened): void {
  if (!authenticated && cipher) voice.say('open_not_protected', { cipher })
}
