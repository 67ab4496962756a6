import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ByteSink } from '@scel/pki/cms'
import { partFile } from '../../sealing/index.ts'
import { sweep } from '../../state/sweep.ts'
import { stop } from '../../ui/cli-error.ts'
import { checkTarget } from '../input/content.ts'
import type { Given } from '../input/given.ts'
import type { Session } from '../input/session.ts'

/** Where content goes that is not to be believed yet: nobody sees it before `commit`. */
export interface ContentSink extends ByteSink {
  readonly standardOutput: boolean
  /** Gives the file its name, or writes it to standard output. */
  commit(): Promise<void>
  /** Erases what was not committed. */
  discard(): Promise<void>
}

/** That of -o; undefined without it. @throws output_mixed, file_exists, binary_on_terminal, file_unwritable */
export async function contentSink(session: Session, given: Given): Promise<ContentSink | undefined> {
  const { outside, voice } = session
  const target = given.text('out')
  if (target === undefined) return undefined
  const standardOutput = target === '-'
  if (standardOutput && voice.json) stop('output_mixed')
  const force = given.flag('force')
  await checkTarget(session, { file: target, force, text: false })
  // What goes to standard output lies in a file until it is known to be genuine: it may be longer than memory.
  const place = standardOutput ? join(tmpdir(), 'content') : target
  await sweep(dirname(place), outside.now())
  const part = await partFile(place, force, outside.atExit)
  return {
    standardOutput,
    write: (bytes) => part.write(bytes),
    discard: () => part.discard(),
    async commit() {
      if (!standardOutput) return part.commit()
      await part.flush()
      const buffer = Buffer.allocUnsafe(PIECE)
      for (let at = 0; ; ) {
        const { bytesRead } = await part.handle.read(buffer, 0, PIECE, at)
        if (bytesRead === 0) return
        await outside.write(buffer.subarray(0, bytesRead))
        at += bytesRead
      }
    },
  }
}

const PIECE = 1024 * 1024
