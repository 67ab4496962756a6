import type { KitRules } from '@scel/contract/kit'
import type { Contact, KeyChoice } from '@scel/contract/values'
import { stop } from '../ui/cli-error.ts'
import type { Prompts } from '../ui/prompts.ts'
import type { Voice } from '../ui/voice.ts'
import { answerTo, type ContactField, contactFields, expectLine, type Field } from './form-fields.ts'

/** What the applicant says beside what the kit lays down (E1). */
export interface EnrolForm {
  readonly contact: Contact
  readonly key: KeyChoice
  readonly locality?: string
  readonly state?: string
  /** Host name, where the kit asks for one; other machines are named by what they are. */
  readonly commonName?: string
  readonly names: readonly string[]
}

/** The options of `scel enrol` as they were typed. */
export interface FormOptions {
  readonly email?: string
  readonly phone?: string
  readonly description?: string
  readonly key?: string
  readonly locality?: string
  readonly state?: string
  readonly cn?: string
  readonly names: readonly string[]
}

/**
 * Completes and checks the form. With `prompts`, what is missing is asked for; without, a missing compulsory option is
 * named. @throws option_missing, option_value_wrong, option_not_for_kit, interrupted
 */
export async function fillForm(
  rules: KitRules,
  given: FormOptions,
  voice: Voice,
  prompts: Prompts | undefined,
): Promise<EnrolForm> {
  const named = rules.commonName === 'host-name'
  if (!named && given.cn !== undefined) stop('option_not_for_kit', { option: '--cn' })
  if (!named && given.names.length > 0) stop('option_not_for_kit', { option: '--name' })
  const fields = fieldsOf(voice)
  const value = (field: keyof typeof fields, answer: string | undefined): Promise<string | undefined> =>
    answerTo(fields[field], answer, voice, prompts)

  // Checked before anything is asked: a person should not answer six questions to be told that an option was wrong.
  const chosen = keyOption(rules, given.key)
  for (const name of given.names) {
    const what = fields.cn.wrong(name)
    if (what) stop('option_value_wrong', { option: '--name', value: name, expected: what })
  }
  const commonName = named ? (await value('cn', given.cn))?.toLowerCase() : undefined
  const email = (await value('email', given.email)) ?? ''
  const locality = await value('locality', given.locality)
  const state = await value('state', given.state)
  const telephone = await value('phone', given.phone)
  const description = await value('description', given.description)
  const key = chosen ?? (await askKey(rules, voice, prompts))
  return {
    contact: { email, ...(telephone ? { telephone } : {}), ...(description ? { description } : {}) },
    key,
    ...(locality ? { locality } : {}),
    ...(state ? { state } : {}),
    ...(commonName ? { commonName } : {}),
    names: given.names.map((name) => name.toLowerCase()),
  }
}

function keyOption(rules: KitRules, key: string | undefined): KeyChoice | undefined {
  if (key === undefined) return undefined
  const found = rules.keys.find((choice) => choice === key)
  return found ?? stop('option_value_wrong', { option: '--key', value: key, expected: rules.keys.join(', ') })
}

async function askKey(rules: KitRules, voice: Voice, prompts: Prompts | undefined): Promise<KeyChoice> {
  if (!prompts || rules.keys.length === 1) return rules.proposedKey
  const others = rules.keys.filter((choice) => choice !== rules.proposedKey)
  const choices = [
    { value: rules.proposedKey, note: voice.text('ask_key_proposed') },
    ...others.map((value) => ({ value })),
  ]
  const answer = await prompts.choice(voice.text('ask_key'), choices)
  return rules.keys.find((choice) => choice === answer) ?? rules.proposedKey
}

function fieldsOf(voice: Voice): Record<'cn' | 'locality' | 'state' | ContactField, Field> {
  const place = (name: 'locality' | 'state'): Field => ({
    ...{ option: `--${name}`, question: `ask_${name}`, compulsory: false },
    wrong: expectLine(128, voice), // ub-locality-name and ub-state-name of RFC 5280 appendix A.1
  })
  return {
    ...contactFields(voice),
    cn: {
      ...{ option: '--cn', question: 'ask_cn', compulsory: true },
      wrong: (name) => (isHostName(name) ? undefined : voice.text('expected_host')),
    },
    locality: place('locality'),
    state: place('state'),
  }
}

/** A fully qualified host name in the letters-digits-hyphen form (RFC 5890 §2.3.1), short enough for a common name; any case. */
export function isHostName(name: string): boolean {
  return name.length <= 64 && name.includes('.') && name.split('.').every((label) => LABEL.test(label))
}

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i
