import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Value } from 'typebox/value'
import { oneOf } from '../values/index.ts'

test('a few words are a schema and their own list, in the order given', () => {
  const Colour = oneOf(['red', 'green', 'blue'], { description: 'of the lamp' })
  assert.deepEqual(Colour.enum, ['red', 'green', 'blue'])
  assert.deepEqual(
    ['red', 'blue', 'Red', '', 1, null].map((value) => Value.Check(Colour, value)),
    [true, true, false, false, false, false],
  )
  assert.equal(JSON.parse(JSON.stringify(Colour)).description, 'of the lamp')
})
