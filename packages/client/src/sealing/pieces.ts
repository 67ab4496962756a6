import { stop } from '../ui/cli-error.ts'
import type { PartFile } from './part.ts'

/**
 * What a part holds, from its beginning; the place where it is written on stays as it is. A piece is overwritten when the next one is asked for.
 * @throws interrupted
 */
export async function* piecesOf({ handle }: Pick<PartFile, 'handle'>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(PIECE)
  for (let at = 0; ; ) {
    if (signal.aborted) stop('interrupted')
    const { bytesRead } = await handle.read(buffer, 0, PIECE, at)
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
    at += bytesRead
  }
}

const PIECE = 1024 * 1024
