import { dirname } from 'node:path'
import type { ByteSink } from '@scel/pki/cms'
import type { Outside } from '../../outside.ts'
import { namelessPart, partFile, piecesOf } from '../../sealing/index.ts'
import { sweep } from '../../state/sweep.ts'
import { stop } from '../../ui/cli-error.ts'
import { checkTarget } from '../input/content.ts'
import type { Given } from '../input/given.ts'
import type { Shell } from '../input/shell.ts'

/** Where content goes that is not to be believed yet: nobody sees it before `commit`. */
export interface ContentSink extends ByteSink {
  readonly standardOutput: boolean
  /** Gives the file its name, or writes it to standard output. */
  commit(): Promise<void>
  /** Erases what was not committed. */
  discard(): Promise<void>
}

/** That of -o; undefined without it. @throws output_mixed, file_exists, binary_on_terminal, file_unwritable */
export async function contentSink(shell: Shell, given: Given): Promise<ContentSink | undefined> {
  const { outside, voice } = shell
  const target = given.text('out')
  if (target === undefined) return undefined
  const standardOutput = target === '-'
  if (standardOutput && voice.json) stop('output_mixed')
  const force = given.flag('force')
  await checkTarget(shell, { file: target, force, text: false })
  return standardOutput ? toOutput(outside) : toFile(outside, target, force)
}

async function toFile(outside: Outside, target: string, force: boolean): Promise<ContentSink> {
  await sweep(dirname(target), outside.now())
  return { standardOutput: false, ...(await partFile(target, force, outside.atExit)) }
}

/** What goes to standard output lies in a file until it is known to be genuine: it may be longer than memory. */
async function toOutput(outside: Outside): Promise<ContentSink> {
  const part = await namelessPart(outside)
  return {
    ...part,
    standardOutput: true,
    async commit() {
      await part.flush()
      for await (const bytes of piecesOf(part, outside.signal)) await outside.write(bytes)
    },
  }
}
