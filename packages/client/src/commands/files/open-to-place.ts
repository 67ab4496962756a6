import { mkdir, rmdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { isOurZip } from '@scel/files/archives'
import { accessToFile, type PartFile, partFile, type Unpacked, unpackTo } from '../../sealing/index.ts'
import { writeFailure } from '../../state/files.ts'
import { sweep } from '../../state/sweep.ts'
import { formatBytes } from '../../ui/bytes.ts'
import { progressBar } from '../../ui/progress.ts'
import type { Given } from '../input/given.ts'
import type { Shell } from '../input/shell.ts'
import { type Opening, sayOpened } from './opening.ts'
import type { SignatureQuestion } from './signature-question.ts'
import { looksSigned, takeOutOfSignature } from './signed-content.ts'

export interface Place {
  readonly folder: string
  readonly name: string
  /** Whether the person chose the name, as against the folder alone. */
  readonly exact: boolean
}

/**
 * Opens to a file, or to the folder that was sealed. Answers whether the signature inside holds, where one was asked about; otherwise
 * nothing is left.
 * @throws what opening, judging, unpacking and writing throw
 */
export async function openToPlace(
  shell: Shell,
  given: Given,
  { opening, question, place }: { opening: Opening; question: SignatureQuestion | undefined; place: Place },
): Promise<boolean> {
  const { outside, voice } = shell
  const target = join(place.folder, place.name)
  const made = await mkdir(place.folder, { recursive: true, mode: 0o700 }).catch((error) => {
    throw writeFailure(error, place.folder)
  })
  let done = false
  const parts: PartFile[] = []
  const newPart = async (): Promise<PartFile> => {
    const part = await partFile(target, given.flag('force'), outside.atExit)
    parts.push(part)
    return part
  }
  try {
    await sweep(place.folder, outside.now())
    let part = await newPart()
    const opened = await opening.into(part)
    await part.flush()
    if (question) {
      const signed = part
      part = await newPart()
      const inside = { file: opening.file, part: signed, aside: false }
      if (!(await takeOutOfSignature(shell, question, inside, part))) return false
      await part.flush()
      await signed.discard()
    }
    const archive = !given.flag('keep-zip') && (await isOurZip(await accessToFile(part.handle)))
    const unpacked = archive ? await unpack(shell, place, part) : undefined
    const stillSigned = !question && (await looksSigned(part))
    const { size: length } = await part.handle.stat()
    if (!unpacked) await part.commit()
    done = true
    const { structure, cipher, authenticated } = opened
    const document = { ...(unpacked ?? { file: target }), length, structure, cipher, authenticated }
    const size = formatBytes(length, voice.language)
    const line = unpacked
      ? voice.plain('open_unpacked', { folder: unpacked.folder, count: unpacked.files, size })
      : voice.plain('open_written', { file: target, size })
    if (question) voice.lines([line])
    else voice.result(document, () => [line])
    sayOpened(shell, opened)
    if (stillSigned) voice.say('open_still_signed', { file: target })
    return true
  } finally {
    for (const part of parts) await part.discard()
    if (!done && made !== undefined) await takeAway(place.folder, made)
  }
}

async function unpack({ outside, voice }: Shell, place: Place, archive: PartFile): Promise<Unpacked> {
  const bar = progressBar(outside, voice, (await archive.handle.stat()).size)
  try {
    return await unpackTo(place, archive, outside, bar.add)
  } finally {
    bar.end()
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
