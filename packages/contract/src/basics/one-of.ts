import { type TEnum, type TSchemaOptions, Type } from 'typebox'

/** One of a few words: the schema, whose `enum` is the list of them in the order given, and whose `Static` is their type. */
export const oneOf = <const Words extends readonly string[]>(
  words: Words,
  options: TSchemaOptions = {},
): TEnum<[...Words]> => Type.Enum(words, options) as unknown as TEnum<[...Words]>
