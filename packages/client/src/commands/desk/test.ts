import { chosenIdentity, numberOf } from '../../identities/chosen-identity.ts'
import { probe } from '../../probe/probe.ts'
import { type ProbeReport, STEP_LABELS } from '../../probe/report.ts'
import { isCliError, stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { pairs } from '../../ui/table.ts'
import { type Command, ENVIRONMENT_OPTION } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import type { Keys } from '../input/keys.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'

/** `scel test`: a real connection with the installed certificate, and in plain words what came of it (E7). */
export const test: Command = {
  arguments: [{ name: 'value_number', help: 'test_number', required: false }],
  options: [{ name: 'url', help: 'test_url', value: 'value_url' }, ENVIRONMENT_OPTION],
  run: runTest,
}

async function runTest(session: Shell & State & Keys, given: Given): Promise<ExitCode> {
  const { voice, outside } = session
  const url = httpsUrl(given.text('url'), '--url')
  const chosen = await chosenIdentity(session, given.text('environment'), given.requestNumber(0)).catch(noKey)
  const report =
    'verdict' in chosen
      ? {
          ...chosen,
          steps: [{ step: 'key' as const, result: 'failed' as const, says: voice.words(chosen.error).message }],
        }
      : await probe({
          record: chosen.desk.record,
          store: chosen.store,
          identity: chosen.identity,
          ...(url ? { url } : {}),
          voice,
          signal: outside.signal,
          now: () => outside.now(),
        })
  session.checkpoint()
  const request = 'verdict' in chosen ? given.requestNumber(0) : numberOf(chosen.desk, chosen.identity.key)
  const spoken = report.error === undefined ? undefined : voice.words(report.error)
  const { error: _, ...rest } = report
  const document = {
    works: report.verdict === 'works',
    ...rest,
    ...(request === undefined ? {} : { request }),
    ...(spoken ? { error: { code: spoken.code, message: spoken.message, hints: spoken.hints } } : {}),
  }
  voice.result(document, () => [...stepLines(report, session), conclusion(report, session)])
  for (const hint of spoken?.hints ?? []) voice.hint(hint)
  return report.verdict === 'works' ? EXIT.done : EXIT.connection
}

/** Nothing installed is what the first step finds; it is a result, not a wrong command line. */
function noKey(error: unknown): ProbeReport {
  if (
    isCliError(error) &&
    (error.code === 'no_certificate' || error.code === 'key_gone' || error.code === 'key_elsewhere')
  )
    return { as: 'client', verdict: 'no_key', steps: [], error }
  throw error
}

function stepLines({ steps }: ProbeReport, { voice }: Shell): string[] {
  return pairs(steps.map(({ step, result, says }) => [`${MARKS[result]} ${voice.text(STEP_LABELS[step])}`, says]))
}

function conclusion({ as, verdict }: ProbeReport, { voice }: Shell): string {
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
