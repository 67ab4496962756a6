import { type InputFault, refuse } from '@scel/contract/errors'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { excessOf, limitsOf } from './input-limits.ts'

/** Checks one part of a call and answers it. What stands in an address is read from text, and defaults are filled in. */
export type InputCheck = (value: unknown) => unknown

/**
 * Makes the check of one part of a call. Lengths and counts are looked at first, and nothing else of what is too long:
 * no pattern, format or comparison ever meets more than the contract lets it. Fields that the schema does not know are
 * refused: a misspelt limit is no limit.
 *
 * @param where what the part is called in the refusal: `body`, `query` or `path`
 * @throws Error when the schema leaves a place without a limit
 */
export function inputCheck(schema: TSchema, where: 'body' | 'query' | 'path'): InputCheck {
  const compiled = Compile(schema)
  const limits = limitsOf(schema, where)
  return (value) => {
    const excess = excessOf(limits, value)
    if (excess !== undefined) refuse('input_invalid', { where: `${where}${excess}`, what: 'too_long' })
    const stray = strayField(schema as Shape, value)
    if (stray !== undefined) refuse('input_invalid', { where: `${where}${stray}`, what: 'unknown_field' })
    const filled = where === 'body' ? value : fromText(schema as Shape, value)
    if (compiled.Check(filled)) return filled
    const first = compiled.Errors(filled)[0]
    const missing = first?.keyword === 'required' ? `/${first.params.requiredProperties[0]}` : ''
    return refuse('input_invalid', {
      where: `${where}${first?.instancePath ?? ''}${missing}`,
      what: FAULTS[first?.keyword ?? ''] ?? 'invalid',
    })
  }
}

interface Shape {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Shape>>
  readonly items?: Shape
  readonly default?: unknown
}

/** The first field that the schema does not name, as a path (`/contact/phone`). Only of a value that fits its limits. */
function strayField(schema: Shape, value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value)) {
    if (!schema.items) return undefined
    for (const [index, item] of value.entries()) {
      const stray = strayField(schema.items, item)
      if (stray !== undefined) return `/${index}${stray}`
    }
    return undefined
  }
  if (!schema.properties) return undefined
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(schema.properties, name)) return `/${name.slice(0, 60).replace(/[^\w-]/g, '?')}`
    const stray = strayField(schema.properties[name]!, (value as Readonly<Record<string, unknown>>)[name])
    if (stray !== undefined) return `/${name}${stray}`
  }
  return undefined
}

// An address carries text: whole numbers and booleans are read in their one plain form, everything else stays text.
function fromText(schema: Shape, value: unknown): unknown {
  const fields = Object.entries((value ?? {}) as Record<string, unknown>).map(([name, text]) => {
    const { type } = schema.properties?.[name] ?? {}
    if (type === 'integer' && typeof text === 'string' && /^(0|[1-9][0-9]{0,15})$/.test(text))
      return [name, Number(text)]
    if (type === 'boolean' && (text === 'true' || text === 'false')) return [name, text === 'true']
    return [name, text]
  })
  return { ...defaultsOf(schema), ...Object.fromEntries(fields) }
}

const defaultsOf = ({ properties = {} }: Shape): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(properties).flatMap(([name, field]) => (field.default === undefined ? [] : [[name, field.default]])),
  )

const FAULTS: Readonly<Record<string, InputFault>> = {
  type: 'wrong_type',
  required: 'missing',
  minLength: 'too_short',
  minItems: 'too_short',
  maxLength: 'too_long',
  maxItems: 'too_long',
  minimum: 'too_small',
  maximum: 'too_large',
  pattern: 'wrong_form',
  format: 'wrong_form',
  anyOf: 'not_a_choice',
  const: 'not_a_choice',
  enum: 'not_a_choice',
  uniqueItems: 'repeated',
}
