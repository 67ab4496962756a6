import type { ChoiceName, Choices, Offers } from '@scel/contract/values'
import type { Profile } from './profile.ts'

// What a profile lets those who ask choose. Its file lists the values; what is usual, and what may be offered at most, follows from the rest of it.

/** Of what is said of a choice in other fields. */
export interface Bounds {
  readonly validityDays: number
  /** Days. */
  readonly longest: number
}

interface Choosable {
  /** What a certificate has where nobody chooses. */
  readonly usual: number
  may(value: unknown): boolean
}

const choosable = ({ validityDays, longest }: Bounds): Readonly<Record<ChoiceName, Choosable>> => ({
  validityDays: {
    usual: validityDays,
    may: (value) => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= longest,
  },
})

/**
 * What a profile's file offers: several values of each, in order, what is usual among them.
 * @param bad told of the field that is wrong
 * @returns undefined where it says nothing
 */
export function readOffers(said: unknown, bounds: Bounds, bad: (field: string) => never): Offers | undefined {
  if (said === undefined) return undefined
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return bad('offers')
  const known = choosable(bounds)
  const isKnown = (name: string): name is ChoiceName => Object.hasOwn(known, name)
  const entries = Object.entries(said).map(([name, values]) => {
    if (!isKnown(name)) return bad(`offers.${name}`.slice(0, 40))
    const { usual, may } = known[name]
    const isList = Array.isArray(values) && values.length >= 2 && values.length <= MOST && values.every(may)
    const isSorted = isList && values.every((value, at) => at === 0 || values[at - 1] < value)
    if (!isSorted || !values.includes(usual)) return bad(`offers.${name}`)
    return [name, Object.freeze({ usual, offered: Object.freeze(values) })]
  })
  return entries.length > 0 ? Object.freeze(Object.fromEntries(entries)) : bad('offers')
}

/** A choice that a profile does not offer. What is usual is never one, whether anything is offered or not. */
export interface NotOffered {
  readonly choice: ChoiceName
  readonly value: number
  readonly profile: string
  readonly offered: string
}

/** The first of the choices that this profile does not offer, by what it says now. */
export function notOffered({ name, validityDays, offers }: Profile, choices: Choices = {}): NotOffered | undefined {
  const known = choosable({ validityDays, longest: 0 })
  for (const [choice, value] of Object.entries(choices) as [ChoiceName, number][]) {
    const offered: readonly number[] = offers?.[choice]?.offered ?? [known[choice].usual]
    if (!offered.includes(value)) return { choice, value, profile: name, offered: offered.join(', ') }
  }
  return undefined
}

const MOST = 12
