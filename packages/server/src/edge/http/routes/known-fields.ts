import type { TSchema } from 'typebox'

/** A copy of a value with the fields its schema names, and no others. */
export type Picker = (value: unknown) => unknown

interface Shape {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Shape>>
  readonly patternProperties?: Readonly<Record<string, Shape>>
  readonly items?: Shape
  readonly allOf?: readonly Shape[]
}

/**
 * Makes the picker of a schema, once: of the schemas the contract uses for answers (objects, records, lists, and
 * objects put together). What the schema does not name stays behind, however deep; what is missing stays missing, for
 * the check that follows to find.
 */
export const pickerOf = (schema: TSchema): Picker => picker(schema as Shape)

function picker(shape: Shape): Picker {
  const merged = merge(shape)
  if (merged.items) {
    const each = picker(merged.items)
    return (value) => (Array.isArray(value) ? value.map(each) : value)
  }
  if (merged.properties) return objectPicker(merged.properties)
  const [record] = Object.values(merged.patternProperties ?? {})
  return record ? recordPicker(picker(record)) : same
}

function objectPicker(properties: Readonly<Record<string, Shape>>): Picker {
  const fields = Object.entries(properties).map(([name, field]) => [name, picker(field)] as const)
  return (value) => {
    if (!isObject(value)) return value
    const picked: Record<string, unknown> = {}
    for (const [name, pick] of fields) {
      const field = value[name]
      if (field !== undefined) picked[name] = pick === same ? field : pick(field)
    }
    return picked
  }
}

const recordPicker =
  (pick: Picker): Picker =>
  (value) =>
    isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, field]) => [name, pick(field)])) : value

/** Objects put together are one object with the fields of all. */
function merge(shape: Shape): Shape {
  if (!shape.allOf) return shape
  const parts = shape.allOf.map(merge)
  return { type: 'object', properties: Object.assign({}, ...parts.map(({ properties }) => properties)) }
}

const same: Picker = (value) => value

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
