import { cmsKind } from '@scel/files/kinds'
import { signedFileFacts } from '@scel/files/verdicts'
import { type ByteSink, verifyContent } from '@scel/pki/cms'
import { type PartFile, piecesOf } from '../../sealing/index.ts'
import type { Shell } from '../input/shell.ts'
import type { SignatureQuestion } from './signature-question.ts'
import { report } from './signature-report.ts'

export interface SignedContent {
  /** What it is called in what is said. */
  readonly file: string
  readonly part: Pick<PartFile, 'handle'>
  /** Whether standard output is taken by the content. */
  readonly aside: boolean
}

/**
 * Hands on the content of a signed file that lies in a part, and says whose signature it has. Answers whether everything
 * holds that was asked: only then what the sink was given may be believed.
 * @throws what `verifyContent` throws
 */
export async function takeOutOfSignature(
  shell: Shell,
  question: SignatureQuestion,
  { file, part, aside }: SignedContent,
  sink: ByteSink,
): Promise<boolean> {
  const verified = await verifyContent(piecesOf(part, shell.outside.signal), question.options, sink)
  const facts = await signedFileFacts(verified, question.trust)
  return report(shell, { file, question, facts, aside })
}

/** Whether it begins as signed files do. */
export async function looksSigned({ handle }: Pick<PartFile, 'handle'>): Promise<boolean> {
  const head = Buffer.alloc(24)
  const { bytesRead } = await handle.read(head, 0, head.length, 0)
  return cmsKind(head.subarray(0, bytesRead)) === 'signed'
}
