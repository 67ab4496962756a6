import { pemEncode } from '@scel/pki/bytes'
import { tryCertificate } from '../../acts/try-certificate.ts'
import type { ProbeReport } from '../../probe/report.ts'
import { stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { pairs } from '../../ui/table.ts'
import { type Command, ENVIRONMENT_OPTION } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import { isRequestNumber, ownIdentity } from '../input/identity-meant.ts'
import type { Keys } from '../input/keys.ts'
import { dersOf, itemsIn } from '../input/material.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import { STEP_LABELS, type ToldStep, toldStep } from './probe-words.ts'

/** `scel test`: a real connection with the installed certificate, and in plain words what came of it (E7). */
export const test: Command = {
  arguments: [{ name: 'value_name', help: 'identity_which', required: false }],
  options: [
    { name: 'url', help: 'test_url', value: 'value_url' },
    { name: 'anchor', help: 'test_anchor', value: 'value_file', many: true },
    ENVIRONMENT_OPTION,
  ],
  run: runTest,
}

async function runTest(session: Shell & State & Keys, given: Given): Promise<ExitCode> {
  const { voice, outside } = session
  const url = httpsUrl(given.text('url'), '--url')
  const files = given.list('anchor')
  if (!url && files.length > 0) stop('option_needs', { option: '--anchor', other: '--url' })
  const anchors = dersOf(await itemsIn(session, given, files), 'certificate').map((der) =>
    pemEncode('CERTIFICATE', der),
  )
  const word = given.argument(0)
  const environment = given.text('environment')
  const which =
    word === undefined || isRequestNumber(word)
      ? { number: word === undefined ? undefined : Number(word) }
      : { number: undefined, own: await ownIdentity(session, environment, word) }
  const trial = { environment, ...which, url, anchors }
  const tried = await tryCertificate(session, { ...trial, language: voice.language, signal: outside.signal })
  session.checkpoint()
  const { error, request, ...report } = tried
  const steps = report.steps.map((step) => toldStep(step, voice))
  const spoken = error === undefined ? undefined : voice.words(error)
  const document = {
    works: report.verdict === 'works',
    ...report,
    steps,
    ...(request === undefined ? {} : { request }),
    ...(spoken ? { error: { code: spoken.code, message: spoken.message, hints: spoken.hints } } : {}),
  }
  voice.result(document, () => [...stepLines(steps, session), conclusion(report, session)])
  for (const hint of spoken?.hints ?? []) voice.hint(hint)
  return report.verdict === 'works' ? EXIT.done : EXIT.connection
}

function stepLines(steps: readonly ToldStep[], { voice }: Shell): string[] {
  return pairs(steps.map(({ step, result, says }) => [`${MARKS[result]} ${voice.text(STEP_LABELS[step])}`, says]))
}

function conclusion({ as, verdict }: Pick<ProbeReport, 'as' | 'verdict'>, { voice }: Shell): string {
  if (verdict === 'works') return voice.plain(as === 'server' ? 'test_works_server' : 'test_works')
  return voice.plain('test_fails', { verdict: voice.text(`verdict_${verdict}`) })
}

/** @throws option_value_wrong for anything but an https address */
export function httpsUrl(text: string | undefined, option: string): URL | undefined {
  if (text === undefined) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'https:' && !url.username && !url.password) return url
  return stop('option_value_wrong', { option, value: text, expected: 'https://…' })
}

const MARKS = { ok: '✓', warning: '!', failed: '✗' } as const
