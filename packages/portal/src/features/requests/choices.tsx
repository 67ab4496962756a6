import { NativeSelect } from '@mantine/core'
import { CHOICE_WORDS } from '@scel/contract/errors'
import type { ChoiceName, Choices, Offers } from '@scel/contract/values'
import type { ReactNode } from 'react'
import { fill, languageNow, useDates, useText } from '../../lib/languages/index.ts'
import { CHOICE_NAMES, chosenOf } from './new-model.ts'

// What of a certificate is chosen beside what its request says. Which choices there are, their words say.

/** What was chosen, as lines of facts. */
export function useChoiceFacts(): (choices: Choices | undefined) => { name: string; value: string }[] {
  const say = useValueWords()
  return (choices) =>
    CHOICE_NAMES.flatMap((name) => {
      const value = choices?.[name]
      return value === undefined ? [] : [{ name: labelOf(name), value: say(name, value) }]
    })
}

/** A list of values for each thing that the profile offers; nothing where it offers nothing. */
export function ChoiceFields({
  offers = {},
  choices,
  onChange,
}: {
  readonly offers: Offers | undefined
  readonly choices: Choices
  readonly onChange: (choices: Choices) => void
}): ReactNode {
  const text = useText()
  const say = useValueWords()
  return CHOICE_NAMES.map((name) => {
    const offer = offers[name]
    if (!offer) return null
    const shown = (value: number) =>
      value === offer.usual ? text('newRequest.usual', { value: say(name, value) }) : say(name, value)
    return (
      <NativeSelect
        key={name}
        maw="18rem"
        label={labelOf(name)}
        value={String(chosenOf(offers, choices)[name])}
        onChange={({ currentTarget }) => {
          const value = offer.offered.find((one) => String(one) === currentTarget.value)
          if (value !== undefined) onChange({ ...choices, [name]: value })
        }}
        data={offer.offered.map((value) => ({ value: String(value), label: shown(value) }))}
      />
    )
  })
}

const labelOf = (name: ChoiceName): string => CHOICE_WORDS[languageNow()][name].label

function useValueWords(): (name: ChoiceName, value: number) => string {
  const { moment } = useDates()
  return (name, value) => fill(CHOICE_WORDS[languageNow()][name].value, { value }, moment)
}
