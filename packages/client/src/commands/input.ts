import { readLimited } from '../state/files.ts'
import { stop } from '../ui/cli-error.ts'
import type { Session } from './session.ts'

/**
 * What a file holds; `-` is standard input, which can be read once.
 * @throws file_missing, file_unreadable, file_too_large, input_twice
 */
export async function readInput(session: Session, file: string, limit: number = LONGEST): Promise<Uint8Array> {
  if (file !== '-') return readLimited(file, limit)
  if (read.has(session)) stop('input_twice')
  read.add(session)
  try {
    return await session.outside.readInput(limit)
  } catch (error) {
    if (error instanceof RangeError) return stop('file_too_large', { file: '-', limit })
    throw error
  }
}

const read = new WeakSet<Session>()
// The revocation list of a large authority, as PEM.
const LONGEST = 64 * 1024 * 1024
