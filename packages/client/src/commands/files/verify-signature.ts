import { lstat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileKind } from '@scel/files/kinds'
import { bareName } from '@scel/files/names'
import { signedFileFacts } from '@scel/files/verdicts'
import { type ByteSink, type VerifiedContent, verifyContent } from '@scel/pki/cms'
import { hasCode } from '@scel/pki/errors'
import { type Peeked, peeked, unwrapped } from '../../signing/index.ts'
import { stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { progressBar } from '../../ui/progress.ts'
import type { Command } from '../input/command.ts'
import { contentOf } from '../input/content.ts'
import type { Given } from '../input/given.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import { contentSink } from './content-sink.ts'
import { JUDGING_OPTIONS, type SignatureQuestion, signatureQuestion } from './signature-question.ts'
import { report } from './signature-report.ts'
import { verifyStamp } from './verify-stamp.ts'

/** `scel verify-signature`: who signed a file, and whether content, chain, identity and revocation hold. */
export const verifySignature: Command = {
  arguments: [
    { name: 'value_file', help: 'verify_signature_file', required: true },
    { name: 'value_content', help: 'verify_signature_content', required: false },
  ],
  options: [
    ...JUDGING_OPTIONS,
    { name: 'out', short: 'o', help: 'verify_signature_out', value: 'value_file' },
    { name: 'force', help: 'force' },
  ],
  run: runVerify,
}

async function runVerify(session: Shell & State, given: Given): Promise<ExitCode> {
  const file = given.argument(0) ?? stop('argument_missing', { argument: 'FILE' })
  const question = await signatureQuestion(session, given)
  const named = namedContent(given, file)
  const { source, length } = await contentOf(session, file)
  const opened = { ...(await peeked(unwrapped(source))), ...(length === undefined ? {} : { length }) }
  try {
    const kind = await fileKind(opened.head)
    // What a file holds itself is judged, whatever lies beside it.
    const alone = kind === 'signature' || kind === 'stamp'
    const content = named ?? (alone ? await contentBeside(given, file) : undefined)
    if (kind === 'stamp') return await verifyStamp(session, { file, content, source: opened.source, question })
    return await verifySigned(session, { given, file, question, content, opened })
  } finally {
    await opened.close()
  }
}

interface Signed {
  readonly given: Given
  readonly file: string
  readonly question: SignatureQuestion
  readonly content: string | undefined
  readonly opened: Opened
}

async function verifySigned(shell: Shell, signed: Signed): Promise<ExitCode> {
  const { given, file, question, content, opened } = signed
  const sink = await contentSink(shell, given)
  try {
    const verified = await judge(shell, question, opened, content, sink).catch((error: unknown) => {
      if (hasCode(error, 'content_missing') && sink) stop('content_not_inside', { file })
      throw error
    })
    const facts = await signedFileFacts(verified, question.trust)
    const about = { file, question, facts, aside: sink?.standardOutput === true }
    const valid = report(shell, content && facts.detached ? { ...about, content } : about)
    if (valid) await sink?.commit()
    return valid ? EXIT.done : EXIT.failed
  } finally {
    await sink?.discard()
  }
}

interface Opened extends Peeked {
  readonly length?: number
}

async function judge(
  shell: Shell,
  { options }: SignatureQuestion,
  signed: Opened,
  content: string | undefined,
  sink: ByteSink | undefined,
): Promise<VerifiedContent> {
  const beside = content === undefined ? undefined : await contentOf(shell, content)
  const bar = progressBar(shell.outside, shell.voice, beside ? beside.length : signed.length)
  try {
    const all = { ...options, progress: bar.reach, ...(beside ? { content: beside.source } : {}) }
    return await verifyContent(signed.source, all, beside ? undefined : sink)
  } finally {
    bar.end()
  }
}

/** @throws input_twice, options_exclude */
function namedContent(given: Given, file: string): string | undefined {
  const named = given.argument(1)
  if (named === undefined) return undefined
  if (named === '-' && file === '-') stop('input_twice')
  if (given.text('out') !== undefined) stop('options_exclude', { one: named, other: '-o' })
  return named
}

/** The file that a signature or a time stamp alone is called after, when it lies beside. */
async function contentBeside(given: Given, file: string): Promise<string | undefined> {
  const name = bareName(basename(file))
  if (name === undefined || given.text('out') !== undefined) return undefined
  const beside = join(dirname(file), name)
  const there = await lstat(beside).then(
    (found) => found.isFile(),
    () => false,
  )
  return there ? beside : undefined
}
