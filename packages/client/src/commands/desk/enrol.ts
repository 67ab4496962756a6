import { KEY_CHOICES } from '@scel/contract/values'
import { type FormOptions, fillForm } from '../../enrol/enrol-form.ts'
import { readKit } from '../../enrol/kit.ts'
import { certificateRequest } from '../../enrol/request.ts'
import { wishIn } from '../../enrol/wish.ts'
import type { Holder, KeyStore } from '../../keystores/index.ts'
import { machineName } from '../../machine/index.ts'
import { withoutAsked } from '../../state/record-changes.ts'
import { stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { terminalPrompts } from '../../ui/prompts.ts'
import { pairs } from '../../ui/table.ts'
import type { Command } from '../input/command.ts'
import type { EnrolmentDoor, StatementDoor } from '../input/doors.ts'
import type { Given } from '../input/given.ts'
import type { Keys } from '../input/keys.ts'
import type { Computer, State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import { deskOfKit } from './desk-of-kit.ts'
import { dropUntaken } from './give-up.ts'
import { kitPairs } from './request-words.ts'
import { submit } from './submit-request.ts'

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
    return (await import('./enrol-elsewhere.ts')).enrolElsewhere(session, given, { kit, csr, prompts })
  const machine = await session.machine()
  const fingerprint = kit.rules.commonName === 'machine-fingerprint' ? await machineName(machine.identity) : undefined
  voice.lines(pairs(kitPairs(kit, fingerprint, voice)))
  const form = await fillForm(kit.rules, formOptions(given), voice, prompts)
  const commonName = form.commonName ?? fingerprint ?? given.required('cn')
  if (prompts && !(await prompts.yes(voice.text('ask_submit')))) stop('submission_refused_here')

  // Everything that can fail without a trace comes first: the store, the way to the desk.
  const store = await session.chosenStore(kit.rules.store, given.text('store'))
  await store.present()
  const at = await deskOfKit(session, kit)
  const { thumbprint } = await session.applicant()

  voice.say('enrol_making_key', { key: form.key })
  const holder: Holder = { desk: at.name, name: commonName }
  const { key, use } = await store.make(holder, form.key)
  const abandon = (error: unknown): Promise<never> => giveUp(error, session, store, holder, key)
  const csrOfKey = await certificateRequest({
    rules: kit.rules,
    key: use,
    applicant: thumbprint,
    commonName,
    names: form.names,
    ...(form.locality ? { locality: form.locality } : {}),
    ...(form.state ? { state: form.state } : {}),
  })
    .finally(session.checkpoint)
    .catch(abandon)
  const { contact } = form
  const asked = wishIn(csrOfKey)
  const toSubmit = {
    kit,
    key,
    csr: csrOfKey,
    asked,
    contact,
    machine: machine.facts,
    keyText: form.key,
    giveUp: abandon,
  }
  const { state } = await submit(session, at, toSubmit)
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

/** Nobody has a request with this key. */
async function giveUp(
  error: unknown,
  session: Shell & State,
  store: KeyStore,
  { desk }: Holder,
  key: string,
): Promise<never> {
  const identity = await store.find(desk, key)
  if (identity) await store.remove(identity).catch((why: unknown) => sayLeft(session, why))
  const hasKeys = async (): Promise<boolean> => (await store.list()).some(({ holder }) => holder.desk === desk)
  await dropUntaken(session, desk, (present) => withoutAsked(present, key), hasKeys).catch(() => undefined) // what stays has no say
  throw error
}

/** What ended the enrolment counts, not the store that does not do its part. */
function sayLeft({ voice }: Shell, why: unknown): void {
  voice.say('enrol_key_left', { reason: voice.words(why).message })
}

const OF_THIS_MACHINE = ['key', 'store', 'cn', 'name', 'locality', 'state']
const OF_ANOTHER = ['fqdn', 'mac', 'network-card', 'processor-id', 'os', 'os-version', 'arch']
