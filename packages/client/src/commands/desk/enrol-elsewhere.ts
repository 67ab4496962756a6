import { DeskError } from '@scel/contract/errors'
import { judgeRequest } from '@scel/files/request'
import { type ElsewhereOptions, fillElsewhereForm } from '../../enrol/elsewhere-form.ts'
import { askedElsewhere, grantedBy, readForeignRequest, rulesOfKit } from '../../enrol/foreign-request.ts'
import type { Kit } from '../../enrol/kit.ts'
import { keyIdOf } from '../../keystores/index.ts'
import { readDeskRecord } from '../../state/desk-record.ts'
import { withAsked, withoutAsked } from '../../state/record-changes.ts'
import { stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import type { Prompts } from '../../ui/prompts.ts'
import { pairs } from '../../ui/table.ts'
import type { EnrolmentDoor, StatementDoor } from '../input/doors.ts'
import type { Given } from '../input/given.ts'
import type { Keys } from '../input/keys.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import { type DeskOfKit, deskOfKit } from './desk-of-kit.ts'
import { findingText, requestPairs } from './foreign-request-words.ts'
import { dropUntaken } from './give-up.ts'
import { kitPairs } from './request-words.ts'
import { MARKS, submit } from './submit-request.ts'

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
export async function enrolElsewhere(
  session: Shell & State & Keys & StatementDoor & EnrolmentDoor,
  given: Given,
  { kit, csr, prompts }: Elsewhere,
): Promise<ExitCode> {
  const { voice } = session
  const { rules } = kit
  const file = await readForeignRequest(csr, voice)
  voice.lines(pairs(kitPairs(kit, undefined, voice)))
  voice.lines(['', voice.plain('enrol_elsewhere_says', { file: csr }), ...pairs(requestPairs(file, voice)), ''])
  const findings = judgeRequest(file, rulesOfKit(rules))
  voice.lines(pairs(findings.map((one) => [MARKS[one.level], findingText(one, voice)])))
  const refusal = findings.find((one) => one.level === 'refused')
  if (refusal) throw new DeskError(refusal.code, refusal.facts)
  const granted = grantedBy(file, rules)

  const named = rules.commonName === 'host-name' ? granted.commonName : undefined
  const { contact, machine } = await fillElsewhereForm(named, formOptions(given), voice, prompts)
  if (prompts && !(await prompts.yes(voice.text('ask_submit')))) stop('submission_refused_here')
  const at = await deskOfKit(session, kit)
  const key = keyIdOf(file.fingerprint)
  const asked = askedElsewhere(granted, rules)
  const toSubmit = {
    kit,
    key,
    csr: file.pem,
    asked,
    contact,
    machine,
    keyText: voice.text('key_elsewhere', { key: file.key.name }),
  }
  const { number } = await submit(session, at, { ...toSubmit, giveUp: await undoing(session, at, key) })
  voice.say('enrol_next_elsewhere', { number })
  return EXIT.done
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

/** What a refusal leaves is what was known before: the same request may have been sent already. @throws csr_key_here */
async function undoing(session: State, { name }: DeskOfKit, key: string): Promise<(error: unknown) => Promise<never>> {
  const before = (await readDeskRecord(session.paths, name))?.asked?.[key]
  // What was asked for a key of this machine is what its certificate is judged by.
  if (before && !before.elsewhere) stop('csr_key_here')
  return async (error) => {
    await dropUntaken(
      session,
      name,
      (present) => (before ? withAsked(present, key, before) : withoutAsked(present, key)),
      async () => false,
    ).catch(() => undefined) // what stays has no say
    throw error
  }
}
