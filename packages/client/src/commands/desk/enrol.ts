import { KEY_CHOICES } from '@scel/contract/values'
import { enrol as enrolHere } from '../../acts/enrol.ts'
import { CHOICE_OPTIONS, choicesGiven, chooseFor, chosenBefore } from '../../enrol/choices.ts'
import type { EnrolmentDoor, StatementDoor } from '../../enrol/doors.ts'
import { type FormOptions, fillForm } from '../../enrol/enrol-form.ts'
import { readKit } from '../../enrol/kit.ts'
import { machineName } from '../../machine/index.ts'
import { stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { terminalPrompts } from '../../ui/prompts.ts'
import { pairs } from '../../ui/table.ts'
import type { Command } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import type { Keys } from '../input/keys.ts'
import type { Computer, State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import { kitPairs } from './request-words.ts'
import { requestTaken, sayEnrolment } from './submission-words.ts'

/** `scel enrol`: from a kit to a pending request (E1 to E3), or from a kit and a request made elsewhere (E9). */
export const enrol: Command = {
  arguments: [],
  options: [
    { name: 'kit', help: 'enrol_kit', value: 'value_file' },
    { name: 'email', help: 'enrol_email', value: 'value_text' },
    { name: 'locality', help: 'enrol_locality', value: 'value_text' },
    { name: 'state', help: 'enrol_state', value: 'value_text' },
    { name: 'phone', help: 'enrol_phone', value: 'value_text' },
    { name: 'description', help: 'enrol_description', value: 'value_text' },
    { name: 'key', help: 'enrol_key', value: 'value_kind', choices: KEY_CHOICES },
    ...Object.values(CHOICE_OPTIONS),
    { name: 'store', help: 'enrol_store', value: 'value_store' },
    { name: 'cn', help: 'enrol_cn', value: 'value_name' },
    { name: 'name', help: 'enrol_name', value: 'value_name', many: true },
    { name: 'csr', help: 'enrol_csr', value: 'value_file' },
    { name: 'fqdn', help: 'enrol_fqdn', value: 'value_host' },
    { name: 'mac', help: 'enrol_mac', value: 'value_address', many: true },
    { name: 'network-card', help: 'enrol_network_card', value: 'value_address', many: true },
    { name: 'processor-id', help: 'enrol_processor_id', value: 'value_text' },
    { name: 'os', help: 'enrol_os', value: 'value_text' },
    { name: 'os-version', help: 'enrol_os_version', value: 'value_text' },
    { name: 'arch', help: 'enrol_arch', value: 'value_text' },
    { name: 'yes', help: 'enrol_yes' },
  ],
  run: runEnrol,
}

async function runEnrol(
  session: Shell & State & Keys & StatementDoor & EnrolmentDoor & Computer,
  given: Given,
): Promise<ExitCode> {
  const { voice, outside } = session
  const csr = given.text('csr')
  checkOptions(given, csr !== undefined)
  const terminal = given.flag('yes') ? undefined : outside.terminal
  const prompts = terminal && terminalPrompts(terminal, outside.signal, voice)
  const typed = given.text('kit') ?? (await prompts?.line(voice.text('ask_kit'), () => undefined))
  const kit = await readKit(typed ?? given.required('kit'))
  if (csr !== undefined)
    return (await import('./enrol-elsewhere.ts')).runElsewhere(session, given, { kit, csr, prompts })
  const machine = await session.machine()
  const fingerprint = kit.rules.commonName === 'machine-fingerprint' ? await machineName(machine.identity) : undefined
  voice.lines(pairs(kitPairs(kit, fingerprint, voice)))
  const chosen = choicesGiven(kit.rules, (option) => given.text(option))
  const form = await fillForm(kit.rules, formOptions(given), voice, prompts)
  const commonName = form.commonName ?? fingerprint ?? given.required('cn')
  const before = await chosenBefore(session.paths, kit, commonName)
  const choices = await chooseFor(kit.rules, { given: chosen, before }, voice, prompts)
  if (prompts && !(await prompts.yes(voice.text('ask_submit')))) stop('submission_refused_here')

  const wish = { kit, form, ...choices, commonName, machine: machine.facts, store: given.text('store') }
  const submission = await enrolHere(session, wish, sayEnrolment(voice, kit.rules, form.key))
  const { state } = requestTaken(submission, voice)
  const next = `enrol_next_${kit.rules.decidedBy}` as const
  voice.say(state === 'approved' ? 'enrol_next_approved' : next)
  return EXIT.done
}

/** A request that was made elsewhere says itself what is asked for otherwise; of this machine, this machine says it. @throws options_exclude, option_needs */
function checkOptions(given: Given, isElsewhere: boolean): void {
  const isGiven = (name: string): boolean => given.text(name) !== undefined || given.list(name).length > 0
  const wrong = (isElsewhere ? OF_THIS_MACHINE : OF_ANOTHER).find(isGiven)
  if (wrong === undefined) return
  if (isElsewhere) stop('options_exclude', { one: '--csr', other: `--${wrong}` })
  stop('option_needs', { option: `--${wrong}`, other: '--csr' })
}

function formOptions(given: Given): FormOptions {
  const texts = ['email', 'locality', 'state', 'phone', 'description', 'key', 'cn'] as const
  const options = Object.fromEntries(
    texts.flatMap((name) => (given.text(name) === undefined ? [] : [[name, given.text(name)]])),
  )
  return { ...options, names: given.list('name') }
}

const OF_THIS_MACHINE = ['key', 'store', 'cn', 'name', 'locality', 'state']
const OF_ANOTHER = ['fqdn', 'mac', 'network-card', 'processor-id', 'os', 'os-version', 'arch']
