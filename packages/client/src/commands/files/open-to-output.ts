import type { Outside } from '../../outside.ts'
import { type NamelessPart, namelessPart, piecesOf } from '../../sealing/index.ts'
import type { Given } from '../input/given.ts'
import type { Shell } from '../input/shell.ts'
import { type Opening, sayOpened } from './opening.ts'
import type { SignatureQuestion } from './signature-question.ts'
import { takeOutOfSignature } from './signed-content.ts'

/**
 * Opens to standard output: only once all of it was checked, unless the person said that this does not matter. Answers whether the
 * signature inside holds, where one was asked about.
 * @throws what opening and judging throw
 */
export async function openToOutput(
  shell: Shell,
  given: Given,
  opening: Opening,
  question: SignatureQuestion | undefined,
): Promise<boolean> {
  const { outside } = shell
  if (given.flag('danger-unverified')) {
    sayOpened(shell, await opening.into({ write: (bytes) => outside.write(bytes) }))
    return true
  }
  return withNameless(outside, async (part) => {
    const opened = await opening.into(part)
    await part.flush()
    sayOpened(shell, opened)
    if (!question) return print(part, outside)
    return withNameless(outside, async (content) => {
      const valid = await takeOutOfSignature(shell, question, { file: opening.file, part, aside: true }, content)
      await content.flush()
      return valid && print(content, outside)
    })
  })
}

async function withNameless<T>(outside: Outside, use: (part: NamelessPart) => Promise<T>): Promise<T> {
  const part = await namelessPart(outside)
  try {
    return await use(part)
  } finally {
    await part.discard()
  }
}

async function print(part: NamelessPart, outside: Outside): Promise<true> {
  for await (const bytes of piecesOf(part, outside.signal)) await outside.write(bytes)
  return true
}
