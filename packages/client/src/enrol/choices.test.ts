import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { KitRules } from '@scel/contract/kit'
import type { Choices } from '@scel/contract/values'
import { Voice } from '../ui/voice.ts'
import { choicePairs, choicesGiven, chooseFor } from './choices.ts'

const offers = { validityDays: { usual: 365, offered: [90, 365, 730] } }
const rules = { offers } as unknown as KitRules
const silent = {} as KitRules
const voice = (language: 'en' | 'fr' = 'en') => new Voice({ out: () => {}, err: () => {} }, language, false)

/** Answers with the line that begins so; keeps what was asked. */
function terminal(answer: string) {
  const asked: string[] = []
  return {
    asked,
    line: async () => assert.fail('no line is asked'),
    secret: async () => assert.fail('nothing secret is asked'),
    yes: async () => true,
    choice: async (question: string, lines: readonly { readonly value: string; readonly note?: string }[]) => {
      asked.push(question, ...lines.map(({ value, note }) => (note ? `${value}: ${note}` : value)))
      return lines.find(({ value }) => value.startsWith(answer))!.value
    },
  }
}
const choose = (kit: KitRules, given: Choices, before?: Choices, prompts?: ReturnType<typeof terminal>) =>
  chooseFor(kit, { given, before }, voice(), prompts)

test('an option chooses one of the values that the kit offers; where it offers none the option is not for it', () => {
  const given = (kit: KitRules, text?: string) => choicesGiven(kit, (name) => (name === 'duration' ? text : undefined))
  assert.deepEqual(given(rules), {})
  assert.deepEqual(given(rules, ' 90 '), { validityDays: 90 })
  for (const wrong of ['91', '', '090', 'a year'])
    assert.throws(() => given(rules, wrong), {
      ...{ code: 'option_value_wrong', exit: 2 },
      facts: { option: '--duration', value: wrong, expected: '90, 365, 730' },
    })
  assert.throws(() => given(silent, '365'), { code: 'option_not_for_kit', facts: { option: '--duration' } })
})

test('without an option or a terminal the last choice is made again, where it is still offered, and else none', async () => {
  assert.deepEqual(await choose(rules, {}), {})
  assert.deepEqual(await choose(rules, {}, { validityDays: 730 }), { choices: { validityDays: 730 } })
  assert.deepEqual(await choose(rules, {}, { validityDays: 91 }), {})
  assert.deepEqual(await choose(silent, {}, { validityDays: 730 }), {})
  assert.deepEqual(await choose(rules, { validityDays: 90 }, { validityDays: 730 }), { choices: { validityDays: 90 } })
})

test('at a terminal it is asked, what was asked for last first, or what is usual; not where an option says it, nor where nothing is offered', async () => {
  const first = terminal('730')
  assert.deepEqual(await choose(rules, {}, undefined, first), { choices: { validityDays: 730 } })
  assert.deepEqual(first.asked, ['duration asked for', '365 days: as the profile has it', '90 days', '730 days'])
  const again = terminal('90')
  assert.deepEqual(await choose(rules, {}, { validityDays: 90 }, again), { choices: { validityDays: 90 } })
  assert.deepEqual(again.asked, ['duration asked for', '90 days: as asked for the last time', '365 days', '730 days'])
  const unasked = terminal('90')
  assert.deepEqual(await choose(rules, { validityDays: 365 }, undefined, unasked), { choices: { validityDays: 365 } })
  assert.deepEqual(await choose(silent, {}, undefined, unasked), {})
  assert.deepEqual(unasked.asked, [])
})

test('what was chosen reads in both languages', () => {
  assert.deepEqual(choicePairs({ validityDays: 1 }, voice()), [['duration asked for', '1 day']])
  assert.deepEqual(choicePairs({ validityDays: 730 }, voice('fr')), [['durée demandée', '730 jours']])
  assert.deepEqual(choicePairs(undefined, voice()), [])
})
