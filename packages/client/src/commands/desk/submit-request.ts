import { kitRulesDigest } from '@scel/contract/kit'
import type { BodyOf, submitRequest } from '@scel/contract/routes'
import type { RequestState } from '@scel/contract/values'
import type { Kit } from '../../enrol/kit.ts'
import { type AskedNames, changeDeskRecord } from '../../state/desk-record.ts'
import { withAsked, withReplaced, withRequest } from '../../state/record-changes.ts'
import { CliError, isDeskRefusal, stop } from '../../ui/cli-error.ts'
import { pairs } from '../../ui/table.ts'
import { inVoice } from '../../ui/voice.ts'
import type { Keys } from '../input/keys.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import type { DeskOfKit } from './desk-of-kit.ts'
import { forgetKeys } from './request-keys.ts'

/** A request, ready to be sent. */
export interface ToSubmit extends Pick<BodyOf<typeof submitRequest>, 'contact' | 'machine'> {
  readonly kit: Kit
  /** Name of its key. */
  readonly key: string
  /** PEM. */
  readonly csr: string
  readonly asked: AskedNames
  /** What the key is called where the request is told of. */
  readonly keyText: string
  /** Undoes what was written down for a request that nobody took, and throws the error. */
  giveUp(error: unknown): Promise<never>
}

/**
 * Sends a request, remembers it, and says what the desk found about it.
 * @throws DeskRefusal, submission_uncertain, interrupted
 */
export async function submit(
  session: Shell & State & Keys,
  { name, desk, recordOf }: DeskOfKit,
  toSubmit: ToSubmit,
): Promise<{ readonly number: number; readonly state: RequestState }> {
  const { voice, outside } = session
  const { kit, key, csr, contact, machine } = toSubmit
  // From here on the desk may say that it has a request, and not before.
  const asked = { ...toSubmit.asked, sentAt: outside.now().toISOString() }
  await changeDeskRecord(session.paths, name, (present) => withAsked(recordOf(present), key, asked))
  voice.say('enrol_sending', { host: desk.host })
  const { id, secret } = kit.kit
  const body = { kit: { id, secret, rules: await kitRulesDigest(kit.rules) }, csr, machine, contact }
  const answer = await desk.submit(body).catch((error: unknown) => abandon(error, session, toSubmit))
  const { request, replaced } = answer
  const heardAt = outside.now().toISOString()
  const record = await changeDeskRecord(session.paths, name, (present) => ({
    // Once more: another run may have written the record, or somebody had the desk forgotten, meanwhile.
    ...withAsked(withReplaced(withRequest(recordOf(present), request, key), replaced), key, asked),
    heardAt,
    enrolledAt: present?.enrolledAt ?? heardAt,
  }))
  const findings = answer.findings.map(({ level, says }): [string, string] => [MARKS[level], inVoice(says)])
  voice.result({ request, findings: answer.findings, replaced, environment: kit.rules.environment }, () => [
    ...pairs([
      [voice.text('label_request'), String(request.number)],
      [voice.text('label_state'), voice.text(`state_${request.state}`)],
      ...(request.service ? [[voice.text('label_service'), request.service.name] as const] : []),
      [voice.text('label_common_name'), request.commonName],
      [voice.text('label_key'), toSubmit.keyText],
    ]),
    ...pairs(findings),
  ])
  if (replaced.length > 0) voice.say('enrol_replaced', { count: replaced.length, numbers: replaced.join(', ') })
  const ended = record.requests.filter(({ number }) => replaced.includes(number))
  await forgetKeys(session, { name, record }, ended)
  return request
}

/**
 * A refused request leaves no key behind, nor a record of a desk that took none. Only a 4xx refuses: with anything else the desk may have the request, or will,
 * and a key that somebody may have certified is never given up.
 */
async function abandon(error: unknown, { voice }: Shell, { giveUp }: ToSubmit): Promise<never> {
  if (isDeskRefusal(error) && error.problem.status < 500) return giveUp(error)
  if (isDeskRefusal(error) || (error instanceof CliError && error.code !== 'interrupted')) {
    stop('submission_uncertain', { reason: voice.words(error).message })
  }
  throw error
}

/** How a finding begins its line. */
export const MARKS = { good: '+', notice: '-', warning: '!', refused: '✗' } as const
