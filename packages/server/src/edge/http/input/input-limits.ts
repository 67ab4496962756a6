/** How much text, and how many things, each place of a call may hold: what is looked at before anything else is. */
export interface Limits {
  /** Letters (UTF-16) that a text may have; a letter beyond the first plane counts twice, and the schema once. */
  readonly text?: number
  readonly list?: Several
  readonly fields?: ReadonlyMap<string, Limits>
  /** Fields whose names the caller chooses. */
  readonly record?: Several
}

interface Several {
  readonly count: number
  readonly each: Limits
}

/** The keywords of a schema that say how large a value may be, or that have schemas inside. */
export interface Shape {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly maxLength?: number
  readonly maxItems?: number
  readonly maxProperties?: number
  readonly properties?: Readonly<Record<string, Shape>>
  readonly patternProperties?: Readonly<Record<string, Shape>>
  readonly items?: Shape
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly allOf?: readonly Shape[]
}

/** Letters beyond which a text is PEM. */
const LONG = 1_000

/**
 * Octets that JSON of these limits has at most, with every letter as `\uXXXX`, and blanks as a person would set them; of PEM
 * with one octet a letter, and a few more for the ends of its lines.
 */
export function octetsOf({ text, list, fields, record }: Limits): number {
  const sizes = [LEAST]
  if (text !== undefined) sizes.push(LEAST + (text > 2 * LONG ? (text / 2) * 1.25 : text * 6))
  if (list) sizes.push(LEAST + list.count * (LEAST + octetsOf(list.each)))
  if (fields || record) {
    const named = [...(fields ?? [])].map(([name, field]) => name.length + LEAST + octetsOf(field))
    const free = record ? record.count * (NAME_LENGTH * 6 + LEAST + octetsOf(record.each)) : 0
    sizes.push(named.reduce((sum, size) => sum + size, LEAST + free))
  }
  return Math.ceil(Math.max(...sizes))
}

/** A number, a word, and what stands around them. */
const LEAST = 64

/** A name that the caller chooses is a text as well. */
const NAME_LENGTH = 200

/**
 * Reads the limits out of a schema, once, when its route is made.
 *
 * @param at the place, for the message
 * @throws Error when a place has no limit, or two: the contract has to be mended, not the call
 */
export function limitsOf(schema: Shape, at = ''): Limits {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return choices.map((choice) => limitsOf(choice, at)).reduce((a, b) => both(a, b, at))
  if (schema.allOf) return schema.allOf.map((part) => limitsOf(part, at)).reduce((a, b) => both(a, b, at))
  if (schema.const !== undefined || schema.enum) return {}
  switch (schema.type) {
    case 'string':
      return { text: 2 * known(schema.maxLength, `${at}: a text without maxLength`) }
    case 'array': {
      const count = known(schema.maxItems, `${at}: a list without maxItems`)
      return { list: { count, each: limitsOf(known(schema.items, `${at}: a list of anything`), `${at}/*`) } }
    }
    case 'object':
      return limitsOfFields(schema, at)
    case 'integer':
    case 'number':
    case 'boolean':
    case 'null':
      return {}
    default:
      throw new Error(`${at}: a place for anything has no limit`)
  }
}

function limitsOfFields({ properties, patternProperties, maxProperties }: Shape, at: string): Limits {
  const fields = Object.entries(properties ?? {}).map(
    ([name, field]) => [name, limitsOf(field, `${at}/${name}`)] as const,
  )
  const record = Object.values(patternProperties ?? {}).map((field) => limitsOf(field, `${at}/*`))
  if (record.length === 0) return { fields: new Map(fields) }
  const count = known(maxProperties, `${at}: fields of any name without maxProperties`)
  return { fields: new Map(fields), record: { count, each: record.reduce((a, b) => both(a, b, `${at}/*`)) } }
}

/**
 * The limits of a place that two schemas describe. A text that is short enough for one of them would meet the pattern
 * of the other, so they have to agree.
 */
function both(a: Limits, b: Limits, at: string): Limits {
  const text = agreed(a.text, b.text, at)
  const list = several(a.list, b.list, at)
  const record = several(a.record, b.record, at)
  const fields = new Map(a.fields)
  for (const [name, limits] of b.fields ?? []) {
    const other = fields.get(name)
    fields.set(name, other ? both(other, limits, `${at}/${name}`) : limits)
  }
  return {
    ...(text !== undefined && { text }),
    ...(list && { list }),
    ...(record && { record }),
    ...((a.fields || b.fields) && { fields }),
  }
}

const several = (a: Several | undefined, b: Several | undefined, at: string): Several | undefined =>
  a && b ? { count: agreed(a.count, b.count, at)!, each: both(a.each, b.each, `${at}/*`) } : (a ?? b)

function agreed(a: number | undefined, b: number | undefined, at: string): number | undefined {
  if (a !== undefined && b !== undefined && a !== b) throw new Error(`${at}: one place with two limits, ${a} and ${b}`)
  return a ?? b
}

function known<T>(value: T | undefined, otherwise: string): T {
  if (value === undefined) throw new Error(otherwise)
  return value
}

/**
 * Where a value is larger than its place: a path (`/contact/email`), empty for the value itself; undefined when it fits.
 * Looks at lengths and counts only, so that its work is bounded by the limits, whatever the value is.
 */
export function excessOf(limits: Limits, value: unknown): string | undefined {
  if (typeof value === 'string') return limits.text !== undefined && value.length > limits.text ? '' : undefined
  if (typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value)) return limits.list && excessOfItems(limits.list, value)
  for (const [name, field] of limits.fields ?? []) {
    const excess = Object.hasOwn(value, name) ? excessOf(field, (value as Fields)[name]) : undefined
    if (excess !== undefined) return `/${name}${excess}`
  }
  return limits.record && excessOfRecord(limits.record, value as Fields)
}

type Fields = Readonly<Record<string, unknown>>

function excessOfItems({ count, each }: Several, items: readonly unknown[]): string | undefined {
  if (items.length > count) return ''
  for (const [index, item] of items.entries()) {
    const excess = excessOf(each, item)
    if (excess !== undefined) return `/${index}${excess}`
  }
  return undefined
}

function excessOfRecord({ count, each }: Several, fields: Fields): string | undefined {
  let seen = 0
  for (const name in fields) {
    if (++seen > count || name.length > NAME_LENGTH) return ''
    if (excessOf(each, fields[name]) !== undefined) return ''
  }
  return undefined
}
