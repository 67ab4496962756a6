import { kitRulesDigest } from '@scel/contract/kit'
import { type BodyOf, submitRequest } from '@scel/contract/routes'
import { KEY_CHOICES } from '@scel/contract/values'
import { type EnrolForm, type FormOptions, fillForm } from '../../enrol/enrol-form.ts'
import { type Kit, readKit } from '../../enrol/kit.ts'
import { type KnownWord, saidSince } from '../../enrol/present-word.ts'
import { certificateRequest } from '../../enrol/request.ts'
import { wishIn } from '../../enrol/wish.ts'
import type { Holder, KeyStore } from '../../keystores/index.ts'
import { machineName } from '../../machine/index.ts'
import {
  changeDeskRecord,
  changeKnownDesk,
  type DeskRecord,
  deskName,
  forgetDesk,
  readDeskRecord,
} from '../../state/desk-record.ts'
import { recordOfWord, withAsked, withoutAsked, withReplaced, withRequest } from '../../state/record-changes.ts'
import { recordsOf, rememberWord } from '../../state/remember-word.ts'
import { CliError, isDeskRefusal, stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { terminalPrompts } from '../../ui/prompts.ts'
import { pairs } from '../../ui/table.ts'
import { inVoice } from '../../ui/voice.ts'
import type { Command } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import { knownOf, type Session } from '../input/session.ts'
import { forgetKeys } from './request-keys.ts'
import { kitPairs } from './request-words.ts'

/** `scel enrol`: from a kit to a pending request (E1 to E3). */
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
    { name: 'yes', help: 'enrol_yes' },
  ],
  run: runEnrol,
}

async function runEnrol(session: Session, given: Given): Promise<ExitCode> {
  const { voice, outside } = session
  const terminal = given.flag('yes') ? undefined : outside.terminal
  const prompts = terminal && terminalPrompts(terminal, outside.signal, voice)
  const typed = given.text('kit') ?? (await prompts?.line(voice.text('ask_kit'), () => undefined))
  const kit = await readKit(typed ?? given.required('kit'))
  const machine = await session.machine()
  const fingerprint = kit.rules.commonName === 'machine-fingerprint' ? await machineName(machine.identity) : undefined
  voice.lines(pairs(kitPairs(kit, fingerprint, voice)))
  const form = await fillForm(kit.rules, formOptions(given), voice, prompts)
  const commonName = form.commonName ?? fingerprint ?? given.required('cn')
  if (prompts && !(await prompts.yes(voice.text('ask_submit')))) stop('submission_refused_here')

  // Everything that can fail without a trace comes first: the store, the way to the desk.
  const store = await session.chosenStore(kit.rules.store, given.text('store'))
  await store.present()
  const { environment } = kit.rules
  const name = deskName(kit.desk.id, environment)
  const word = await session.word(await newestWord(session, kit))
  // Of two words of one desk, one was said by whoever had its key for a moment, and nobody here knows which.
  if (
    kit.desk.roots[environment].trim() !== word.roots[environment].trim() &&
    !(await readDeskRecord(session.paths, name))
  )
    stop('kit_root_other', { environment })
  const recordOf = (present: DeskRecord | undefined): DeskRecord =>
    recordOfWord(word, environment, present, outside.now())
  const desk = await session.desk(recordOf(undefined))
  const applicant = await session.applicant()
  await desk.prepare()
  // A run that is killed once the desk has the request finds it again by this.
  await changeDeskRecord(session.paths, name, recordOf)
  await rememberWord(session.paths, word, outside.now())
  session.checkpoint()

  voice.say('enrol_making_key', { key: form.key })
  const holder: Holder = { desk: name, name: commonName }
  const made = await store.make(holder, form.key)
  const csr = await certificateRequest({
    rules: kit.rules,
    key: made.use,
    applicant: applicant.thumbprint,
    commonName,
    names: form.names,
    ...(form.locality ? { locality: form.locality } : {}),
    ...(form.state ? { state: form.state } : {}),
  })
    .finally(session.checkpoint)
    .catch((error: unknown) => giveUp(error, session, store, holder, made.key))
  // From here on the desk may say that it has a request, and not before.
  const asked = { ...wishIn(csr), sentAt: outside.now().toISOString() }
  await changeDeskRecord(session.paths, name, (present) => withAsked(recordOf(present), made.key, asked))
  voice.say('enrol_sending', { host: desk.host })
  const answer = await desk
    .signed(submitRequest, { body: await submission(kit, csr, form, machine.facts) })
    .catch((error: unknown) => abandon(error, session, store, holder, made.key))
  const { request, replaced } = answer
  const heardAt = outside.now().toISOString()
  const record = await changeDeskRecord(session.paths, name, (present) => ({
    // Once more: another run may have written the record, or somebody had the desk forgotten, meanwhile.
    ...withAsked(withReplaced(withRequest(recordOf(present), request, made.key), replaced), made.key, asked),
    heardAt,
    enrolledAt: present?.enrolledAt ?? heardAt,
  }))
  const findings = answer.findings.map(({ level, says }): [string, string] => [MARKS[level], inVoice(says)])
  voice.result({ request, findings: answer.findings, replaced, environment: kit.rules.environment }, () => [
    ...pairs([
      [voice.text('label_request'), String(request.number)],
      [voice.text('label_state'), voice.text(`state_${request.state}`)],
      [voice.text('label_common_name'), request.commonName],
      [voice.text('label_key'), form.key],
    ]),
    ...pairs(findings),
  ])
  if (replaced.length > 0) voice.say('enrol_replaced', { count: replaced.length, numbers: replaced.join(', ') })
  const ended = record.requests.filter(({ number }) => replaced.includes(number))
  await forgetKeys(session, { name, record }, ended)
  const next = `enrol_next_${kit.rules.decidedBy}` as const
  voice.say(request.state === 'approved' ? 'enrol_next_approved' : next)
  return EXIT.done
}

/**
 * The kit may be older than what is known of its desk here, which may have moved since; or what is known was said by whoever had the desk's
 * key, and the desk is where the kit has it. @throws record_malformed
 */
async function newestWord({ paths, outside }: Session, { desk }: Kit): Promise<KnownWord> {
  const since = ({ saidAt }: KnownWord): number => saidSince(saidAt, outside.now())
  const all: KnownWord[] = [...(await recordsOf(paths, desk.id)).map(({ record }) => knownOf(record)), desk]
  const newest = all.reduce((newest, one) => (since(one) > since(newest) ? one : newest))
  return { ...newest, places: all.flatMap(({ services, places = [] }) => [services.portal, ...places]) }
}

function formOptions(given: Given): FormOptions {
  const texts = ['email', 'locality', 'state', 'phone', 'description', 'key', 'cn'] as const
  const options = Object.fromEntries(
    texts.flatMap((name) => (given.text(name) === undefined ? [] : [[name, given.text(name)]])),
  )
  return { ...options, names: given.list('name') }
}

async function submission(
  { kit, rules }: Kit,
  csr: string,
  { contact }: EnrolForm,
  machine: BodyOf<typeof submitRequest>['machine'],
): Promise<BodyOf<typeof submitRequest>> {
  return { kit: { id: kit.id, secret: kit.secret, rules: await kitRulesDigest(rules) }, csr, machine, contact }
}

/**
 * A refused request leaves no key behind, nor a record of a desk that took none. Only a 4xx refuses: with anything else the desk may have the request, or will,
 * and a key that somebody may have certified is never given up.
 */
async function abandon(error: unknown, session: Session, store: KeyStore, holder: Holder, key: string): Promise<never> {
  if (isDeskRefusal(error) && error.problem.status < 500) return giveUp(error, session, store, holder, key)
  if (isDeskRefusal(error) || (error instanceof CliError && error.code !== 'interrupted')) {
    stop('submission_uncertain', { reason: session.voice.words(error).message })
  }
  throw error
}

/** Nobody has a request with this key. */
async function giveUp(
  error: unknown,
  session: Session,
  store: KeyStore,
  { desk }: Holder,
  key: string,
): Promise<never> {
  const identity = await store.find(desk, key)
  if (identity) await store.remove(identity).catch((why: unknown) => sayLeft(session, why))
  await dropUntaken(session, store, desk, key).catch(() => undefined) // what stays has no say
  throw error
}

/** What ended the enrolment counts, not the store that does not do its part. */
function sayLeft({ voice }: Session, why: unknown): void {
  voice.say('enrol_key_left', { reason: voice.words(why).message })
}

/** An earlier run may have sent something that nobody knows the fate of: its key then still lies in the store. */
async function dropUntaken({ paths }: Session, store: KeyStore, name: string, key: string): Promise<void> {
  const record = await readDeskRecord(paths, name)
  if (!record) return
  await changeKnownDesk(paths, { name, record }, (present) => withoutAsked(present, key))
  await forgetDesk(paths, name, async ({ enrolledAt, requests }) => {
    if (enrolledAt !== undefined || requests.length > 0) return false
    return (await store.list()).every(({ holder }) => holder.desk !== name)
  })
}

const MARKS = { good: '+', notice: '-', warning: '!' } as const
