import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as contract from '@scel/contract/routes'
import { Type } from 'typebox'
import { pickerOf } from './known-fields.ts'

const schema = Type.Intersect([
  Type.Object({ id: Type.String(), tags: Type.Array(Type.Object({ name: Type.String() })) }),
  Type.Object({ facts: Type.Record(Type.String(), Type.Number()), kind: Type.Union([Type.Literal('a')]) }),
])

test('fields that the schema does not name stay behind, however deep', () => {
  const pick = pickerOf(schema)
  const value = { id: 'x', secret: 1, tags: [{ name: 'n', secret: 1 }], facts: { any: 2 }, kind: 'a' }
  assert.deepEqual(pick(Object.freeze(value)), { id: 'x', tags: [{ name: 'n' }], facts: { any: 2 }, kind: 'a' })
})

test('what is missing or of another kind is left for the check', () => {
  const pick = pickerOf(schema)
  assert.deepEqual(pick({ tags: 'none' }), { tags: 'none' })
  assert.equal(pick(null), null)
})

test('the answers of the contract use no other kind of schema than the picker knows', () => {
  const known = new Set([
    'type',
    'properties',
    'patternProperties',
    'items',
    'allOf',
    'anyOf',
    'const',
    'enum',
    'required',
  ])
  const harmless = /^(description|pattern|format|title|default|additionalProperties|(min|max).*|unique.*)$/
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return
    const shape = value as Record<string, unknown>
    for (const [name, part] of Object.entries(shape)) {
      assert.ok(known.has(name) || harmless.test(name), `${path}: ${name}`)
      if (name === 'properties' || name === 'patternProperties') {
        for (const [field, inner] of Object.entries(part as object)) visit(inner, `${path}/${field}`)
      } else if (name === 'items') visit(part, `${path}[]`)
      else if (name === 'allOf') for (const inner of part as unknown[]) visit(inner, path)
      else if (name === 'anyOf') {
        // A choice between objects could not be picked apart: only choices of plain values may stand in an answer.
        for (const inner of part as { type?: string }[]) assert.notEqual(inner.type, 'object', path)
      }
    }
  }
  for (const [name, route] of Object.entries(contract)) {
    if (typeof route === 'object' && 'output' in route) visit(route.output, name)
  }
})
