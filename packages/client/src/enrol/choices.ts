import { CHOICE_WORDS } from '@scel/contract/errors'
import type { KitRules } from '@scel/contract/kit'
import type { ChoiceName, Choices } from '@scel/contract/values'
import { type DeskRecord, deskName, readDeskRecord } from '../state/desk-record.ts'
import type { Paths } from '../state/paths.ts'
import { stop } from '../ui/cli-error.ts'
import { fill, type HelpKey } from '../ui/messages/index.ts'
import type { Prompts } from '../ui/prompts.ts'
import { inVoice, type Voice } from '../ui/voice.ts'
import type { Kit } from './kit.ts'

// What of a certificate is chosen beside what its request says, where the profile of a kit offers several.

interface ChoiceOption {
  /** Without the dashes. */
  readonly name: string
  readonly help: HelpKey
  readonly value: HelpKey
}

/** By what is chosen, the option that says it. */
export const CHOICE_OPTIONS: Readonly<Record<ChoiceName, ChoiceOption>> = {
  validityDays: { name: 'duration', help: 'enrol_duration', value: 'value_days' },
}
const NAMES = Object.keys(CHOICE_OPTIONS) as ChoiceName[]

/**
 * What the options choose.
 * @param typed text of an option
 * @throws option_not_for_kit where the kit offers nothing of it, option_value_wrong
 */
export function choicesGiven({ offers }: KitRules, typed: (option: string) => string | undefined): Choices {
  const given = NAMES.flatMap((name) => {
    const option = `--${CHOICE_OPTIONS[name].name}`
    const text = typed(CHOICE_OPTIONS[name].name)
    if (text === undefined) return []
    const { offered } = offers?.[name] ?? stop('option_not_for_kit', { option })
    const value = offered.find((one) => String(one) === text.trim())
    return [[name, value ?? stop('option_value_wrong', { option, value: text, expected: offered.join(', ') })]]
  })
  return Object.fromEntries(given)
}

/** What is to be asked for: as the options say it, else as it is answered where there is a terminal, else as before. */
export async function chooseFor(
  { offers = {} }: KitRules,
  { given, before }: { readonly given: Choices; readonly before: Choices | undefined },
  voice: Voice,
  prompts: Prompts | undefined,
): Promise<{ choices?: Choices }> {
  const chosen: Choices = {}
  for (const name of NAMES) {
    const offer = offers[name]
    if (!offer) continue
    const again = offer.offered.find((value) => value === before?.[name])
    const proposed = again ?? offer.usual
    const note = again === undefined ? 'ask_choice_usual' : 'ask_choice_again'
    const value = given[name] ?? (prompts ? await ask(name, offer.offered, proposed, note) : again)
    if (value !== undefined) chosen[name] = value
  }
  return Object.keys(chosen).length > 0 ? { choices: chosen } : {}

  async function ask(
    name: ChoiceName,
    offered: readonly number[],
    proposed: number,
    note: 'ask_choice_usual' | 'ask_choice_again',
  ): Promise<number> {
    const lines = [proposed, ...offered.filter((value) => value !== proposed)].map((value) => ({
      ...{ of: value, value: choiceText(name, value, voice) },
      ...(value === proposed && { note: voice.text(note) }),
    }))
    const answer = await prompts!.choice(labelOf(name, voice), lines)
    return lines.find(({ value }) => value === answer)?.of ?? proposed
  }
}

/** What the last request of the same profile and common name chose at this desk, as far as it is remembered. @throws record_malformed */
export async function chosenBefore(
  paths: Paths,
  { desk, rules }: Kit,
  commonName: string,
): Promise<Choices | undefined> {
  const record = await readDeskRecord(paths, deskName(desk.id, rules.environment))
  return lastOf(record?.requests ?? [], rules.profile.name, commonName)?.choices
}

const lastOf = (requests: DeskRecord['requests'], profile: string, commonName: string) =>
  requests
    .filter((one) => one.profile.name === profile && one.commonName === commonName)
    .sort((one, other) => other.number - one.number)[0]

/** What was chosen, for people. */
export const choicePairs = (choices: Choices | undefined, voice: Voice): [string, string][] =>
  NAMES.flatMap((name) => {
    const value = choices?.[name]
    return value === undefined ? [] : [[labelOf(name, voice), choiceText(name, value, voice)]]
  })

const labelOf = (name: ChoiceName, { language }: Voice): string => inVoice(CHOICE_WORDS[language][name].label)
const choiceText = (name: ChoiceName, value: number, { language }: Voice): string =>
  fill(CHOICE_WORDS[language][name].value, language, { value })
