import { DeskError, REQUEST_FILE_SENTENCES } from '@scel/contract/errors'
import { judgeRequest, RequestFileRefused } from '@scel/files/request'
import { enrolElsewhere } from '../../acts/enrol-elsewhere.ts'
import { choicesGiven, chooseFor, chosenBefore } from '../../enrol/choices.ts'
import type { EnrolmentDoor, StatementDoor } from '../../enrol/doors.ts'
import { type ElsewhereOptions, fillElsewhereForm } from '../../enrol/elsewhere-form.ts'
import { grantedBy, readForeignRequest, rulesOfKit } from '../../enrol/foreign-request.ts'
import type { Kit } from '../../enrol/kit.ts'
import { stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import type { Prompts } from '../../ui/prompts.ts'
import { pairs } from '../../ui/table.ts'
import { inVoice, type Voice } from '../../ui/voice.ts'
import type { Given } from '../input/given.ts'
import type { Keys } from '../input/keys.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import { findingText, requestPairs } from './foreign-request-words.ts'
import { kitPairs } from './request-words.ts'
import { MARKS, requestTaken, sayEnrolment } from './submission-words.ts'

interface Elsewhere {
  readonly kit: Kit
  /** File with the request. */
  readonly csr: string
  readonly prompts: Prompts | undefined
}

/**
 * `scel enrol --csr`: a request that was made elsewhere, with the key that it is for, is shown, judged by the kit’s rules before anything is
 * sent, and sent for whoever made it (E9).
 * @throws what the desk would refuse it with; csr_file_refused, option_missing, option_value_wrong, submission_refused_here
 */
export async function runElsewhere(
  session: Shell & State & Keys & StatementDoor & EnrolmentDoor,
  given: Given,
  { kit, csr, prompts }: Elsewhere,
): Promise<ExitCode> {
  const { voice } = session
  const { rules } = kit
  const file = await readForeignRequest(csr).catch((error: unknown) => refuseFile(error, csr, voice))
  voice.lines(pairs(kitPairs(kit, undefined, voice)))
  voice.lines(['', voice.plain('enrol_elsewhere_says', { file: csr }), ...pairs(requestPairs(file, voice)), ''])
  const findings = judgeRequest(file, rulesOfKit(rules))
  voice.lines(pairs(findings.map((one) => [MARKS[one.level], findingText(one, voice)])))
  const refusal = findings.find((one) => one.level === 'refused')
  if (refusal) throw new DeskError(refusal.code, refusal.facts)
  const granted = grantedBy(file, rules)

  const named = rules.commonName === 'host-name' ? granted.commonName : undefined
  const chosen = choicesGiven(rules, (option) => given.text(option))
  const form = await fillElsewhereForm(named, formOptions(given), voice, prompts)
  const before = await chosenBefore(session.paths, kit, granted.commonName)
  const choices = await chooseFor(rules, { given: chosen, before }, voice, prompts)
  if (prompts && !(await prompts.yes(voice.text('ask_submit')))) stop('submission_refused_here')
  const say = sayEnrolment(voice, rules, voice.text('key_elsewhere', { key: file.key.name }))
  const { number } = requestTaken(await enrolElsewhere(session, { kit, file, form, ...choices }, say), voice)
  voice.say('enrol_next_elsewhere', { number })
  return EXIT.done
}

/** What is no request at all is said in the sentences that all programs have for it. @throws csr_file_refused, and what else it was */
function refuseFile(error: unknown, file: string, { language }: Voice): never {
  if (!(error instanceof RequestFileRefused)) throw error
  const { says, hint } = REQUEST_FILE_SENTENCES[language][error.code]
  return stop('csr_file_refused', { file, reason: inVoice(says), advice: inVoice(hint) })
}

function formOptions(given: Given): ElsewhereOptions {
  const options = Object.entries(OPTIONS).flatMap(([field, name]) => {
    const value = given.text(name)
    return value === undefined ? [] : [[field, value]]
  })
  return { ...Object.fromEntries(options), mac: given.list('mac'), networkCard: given.list('network-card') }
}

/** Options with a text, by the field that each is for. */
const OPTIONS: Readonly<Record<Exclude<keyof ElsewhereOptions, 'mac' | 'networkCard'>, string>> = {
  ...{ email: 'email', phone: 'phone', description: 'description', fqdn: 'fqdn' },
  ...{ processorId: 'processor-id', os: 'os', osVersion: 'os-version', arch: 'arch' },
}
