import { chmod, stat } from 'node:fs/promises'
import { stampSignatures } from '@scel/pki/cms'
import { onePiece } from '../objects/index.ts'
import { pemOf, withoutPem } from '../signing/index.ts'
import { writePrivate } from '../state/files.ts'
import { stop } from '../ui/cli-error.ts'
import type { Session } from './session.ts'
import { checkTarget, contentOf, deliverPieces, type Target } from './signed-source.ts'
import { type Stamper, type StampFacts, stampFacts } from './stamp.ts'

/**
 * Puts a stamp into each signature of a signed file. Without another target the file itself is replaced, in one step:
 * nothing of it is lost.
 * @throws file_exists, file_too_large, what `stampSignatures` and the stamper throw
 */
export async function stampSignedFile(
  session: Session,
  file: string,
  target: Target,
  stamper: Stamper,
): Promise<readonly StampFacts[]> {
  if (target.file !== file) await checkTarget(session, target)
  const content = await contentOf(session, file)
  const { bytes: given, text } = await whole(content.source, file)
  const stamps: StampFacts[] = []
  const signed = text ? (await whole(withoutPem(onePiece(given)), file)).bytes : given
  const stamped = await stampSignatures(signed, async ({ digest, value }) => {
    const { token, stamp } = await stamper({ digest, hash: value })
    stamps.push(stampFacts(stamp))
    return token
  })
  const product = text || target.text ? (await whole(pemOf(onePiece(stamped)), file)).bytes : stamped
  if (target.file === file && file !== '-') await replace(file, product)
  else await deliverPieces(session, target, onePiece(product))
  return stamps
}

/** Whoever could read it before can read it still. */
async function replace(file: string, content: Uint8Array): Promise<void> {
  const { mode } = await stat(file)
  await writePrivate(file, content)
  await chmod(file, mode & 0o777)
}

async function whole(source: AsyncIterable<Uint8Array>, file: string): Promise<{ bytes: Uint8Array; text: boolean }> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const bytes of source) {
    length += bytes.length
    if (length > LARGEST) stop('file_too_large', { file, limit: LARGEST })
    chunks.push(Buffer.from(bytes))
  }
  const bytes = new Uint8Array(Buffer.concat(chunks))
  return { bytes, text: bytes[0] !== 0x30 }
}

// Of a signature with its content inside, as PEM.
const LARGEST = 24 * 1024 * 1024
