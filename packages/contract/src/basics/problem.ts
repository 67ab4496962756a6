import { type Static, Type } from 'typebox'

/**
 * How an error travels (RFC 9457, `application/problem+json`). `code` is permanent; `detail` and `hint` are sentences
 * in the language the caller asked for with `Accept-Language` (French or English).
 */
export const Problem = Type.Object({
  type: Type.String({ description: 'permanent address of the description of this code' }),
  code: Type.String(),
  status: Type.Integer(),
  title: Type.String(),
  detail: Type.String({ description: 'what is wrong, in the language of the caller' }),
  hint: Type.String({ description: 'what to do about it, in the language of the caller' }),
  facts: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
})
export type Problem = Static<typeof Problem>
