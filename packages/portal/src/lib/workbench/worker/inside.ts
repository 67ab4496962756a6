import { ArchiveRefused, accessTo, isOurZip } from '@scel/files/archives'
import { refusalFacts } from '../failure.ts'
import type { ResultFile } from '../protocol.ts'
import type { Place } from './place.ts'

/**
 * Keeps content, and says what is in it when sealing made it of several files. It is not taken apart here: a page cannot make
 * folders. One that would not be is kept all the same, as it came.
 */
export async function keepContent(place: Place): Promise<ResultFile> {
  const kept = await place.keep()
  const source = accessTo(await place.content())
  if (!(await isOurZip(source))) return kept
  const { readArchive } = await import('@scel/files/archives/read') // most content is none
  try {
    const { files } = await readArchive(source, { on: 'elsewhere' })
    return { ...kept, archive: { files } }
  } catch (error) {
    if (!(error instanceof ArchiveRefused)) throw error
    return { ...kept, archive: { refused: { code: 'archive-refused', facts: refusalFacts(error), of: 'page' } } }
  }
}
