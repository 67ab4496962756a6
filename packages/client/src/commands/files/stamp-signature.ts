import { chmod, stat } from 'node:fs/promises'
import { onePiece } from '@scel/files/objects'
import { TAG } from '@scel/pki/asn1'
import { stampSignatures } from '@scel/pki/cms'
import { pemOf, unwrapped } from '../../signing/index.ts'
import { writePrivate } from '../../state/files.ts'
import { collect } from '../input/collect.ts'
import { checkTarget, contentOf, deliverPieces, type Target } from '../input/content.ts'
import type { Shell } from '../input/shell.ts'
import { type Stamper, type StampFacts, stampFacts } from './stamp.ts'

/**
 * Puts a stamp into each signature of a signed file. Without another target the file itself is replaced, in one step:
 * nothing of it is lost.
 * @throws file_exists, file_too_large, what `stampSignatures` and the stamper throw
 */
export async function stampSignedFile(
  shell: Shell,
  file: string,
  target: Target,
  stamper: Stamper,
): Promise<readonly StampFacts[]> {
  if (target.file !== file) await checkTarget(shell, target)
  const content = await contentOf(shell, file)
  const given = await collect(content.source, file, LARGEST)
  const text = given[0] !== TAG.sequence
  const stamps: StampFacts[] = []
  const signed = text ? await collect(unwrapped(onePiece(given)), file, LARGEST) : given
  const stamped = await stampSignatures(signed, async ({ digest, value }) => {
    const { token, stamp } = await stamper({ digest, hash: value })
    stamps.push(stampFacts(stamp))
    return token
  })
  const product = text || target.text ? await collect(pemOf(onePiece(stamped)), file, LARGEST) : stamped
  if (target.file === file && file !== '-') await replace(file, product)
  else await deliverPieces(shell, target, onePiece(product))
  return stamps
}

/** Whoever could read it before can read it still. */
async function replace(file: string, content: Uint8Array): Promise<void> {
  const { mode } = await stat(file)
  await writePrivate(file, content)
  await chmod(file, mode & 0o777)
}

// Of a signature with its content inside, as PEM.
const LARGEST = 24 * 1024 * 1024
