import { type Static, type TSchema, Type } from 'typebox'

// What a request asks beside what its CSR says, where its profile offers it. It goes from the call to the row, into what whoever decides
// sees and into the certificate as one value: a further choice is one more field of each of these two, and how its values are judged
// (the desk's `core/profiles/offers.ts`), what it does to a certificate (`core/issuance/content.ts`) and how it reads (`choice-words.ts`).

const Days = Type.Integer({ minimum: 1, maximum: 3660 })

/** What was chosen. What is absent is as the profile has it. */
export const Choices = Type.Object(
  { validityDays: Type.Optional(Days) },
  { additionalProperties: false, minProperties: 1 },
)
export type Choices = Static<typeof Choices>
export type ChoiceName = keyof Choices

const Offer = <T extends TSchema>(value: T) =>
  Type.Object(
    { usual: value, offered: Type.Array(value, { minItems: 2, maxItems: 12 }) },
    { additionalProperties: false },
  )

/** What may be chosen, in order, and which of it the certificate has where nobody chooses. What is absent is not asked. */
export const Offers = Type.Object(
  { validityDays: Type.Optional(Offer(Days)) },
  { additionalProperties: false, minProperties: 1 },
)
export type Offers = Static<typeof Offers>
