import type { Route } from '@scel/contract/routes'
import * as contract from '@scel/contract/routes'
import { Compile } from 'typebox/compile'

/** The keywords of a schema that these tests look at. */
export interface Place {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly pattern?: string
  readonly format?: string
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly minimum?: number
  readonly properties?: Readonly<Record<string, Place>>
  readonly required?: readonly string[]
  readonly items?: Place
  readonly anyOf?: readonly Place[]
  readonly allOf?: readonly Place[]
}

/** Every route of the contract, by its name there. */
export const ROUTES: Readonly<Record<string, Route>> = Object.fromEntries(
  Object.entries<unknown>(contract).filter((entry): entry is [string, Route] => typeof entry[1] === 'object'),
)

/** The parts of a call that a caller writes. */
export const INPUTS = ['params', 'query', 'body'] as const

/** One place of a value: the fields and indexes that lead to it. */
export type Path = readonly (string | number)[]

/** Every place of a schema with the way to it; of a list, its first item. */
export function placesOf(schema: Place, path: Path = []): readonly (readonly [Path, Place])[] {
  const parts = [...(schema.anyOf ?? []), ...(schema.allOf ?? [])].flatMap((part) => placesOf(part, path))
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => placesOf(field, [...path, name]))
  const items = schema.items ? placesOf(schema.items, [...path, 0]) : []
  return [[path, schema], ...parts, ...fields, ...items]
}

/** Every text of a schema that is no constant. */
export const textsOf = (schema: Place): readonly (readonly [Path, Place])[] =>
  placesOf(schema).filter(([, { type, const: only }]) => type === 'string' && only === undefined)

/** A value that a schema takes, with every field that it knows. @throws Error when none of ours fits a text of it */
export function sampleOf(schema: Place): unknown {
  const { anyOf, allOf, type, properties, items, minItems, minimum } = schema
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (anyOf) return sampleOf(anyOf[0]!)
  if (allOf) return Object.assign({}, ...allOf.map(sampleOf))
  if (type === 'object') return Object.fromEntries(Object.entries(properties ?? {}).map(([k, v]) => [k, sampleOf(v)]))
  if (type === 'array') return Array.from({ length: Math.max(1, minItems ?? 0) }, () => sampleOf(items!))
  if (type === 'integer') return minimum ?? 1
  if (type === 'boolean') return false
  const checked = Compile(schema)
  const fitting = SAMPLES.find((text) => checked.Check(text))
  if (fitting === undefined) throw new Error(`no sample fits ${schema.pattern}`)
  return fitting
}

const SAMPLES = [
  'x',
  'FR',
  'x@example.org',
  '123456789',
  'AB12',
  'A'.repeat(22),
  'A'.repeat(43),
  '0'.repeat(64),
  `${'0'.repeat(64)}.${'0'.repeat(64)}`,
  '02:00:5e:10:00:01',
  '2026-01-01T00:00:00.000Z',
  '0123456789abcdef',
  'https://desk.example.org:8443',
]

/** The same value with another one at a place. */
export function withAt(value: unknown, [step, ...rest]: Path, put: unknown): unknown {
  if (step === undefined) return put
  const inside = (value as Record<string | number, unknown> | undefined)?.[step]
  const changed = withAt(inside, rest, put)
  return Array.isArray(value) ? value.with(Number(step), changed) : { ...(value as object), [step]: changed }
}
