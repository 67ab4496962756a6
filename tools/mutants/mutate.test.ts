import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mutantsOf } from './mutate.ts'

const changes = (text: string): string[] => mutantsOf(text).map(({ before, after }) => `${before} → ${after}`)

test('a guard that refuses, throws or returns never holds; what goes on either way is left alone', () => {
  assert.deepEqual(changes("if (a) refuse('x', {})"), ['a → false'])
  assert.deepEqual(changes('function f(): void { if (a) return }'), ['a → false'])
  assert.deepEqual(changes('if (a) { note(); throw b }'), ['a → false'])
  assert.deepEqual(changes('if (a) note()'), [])
})

test('a demanded check is not made', () => {
  assert.deepEqual(changes("requireRole(actor, 'kit.create', 'administrator')"), [
    "requireRole(actor, 'kit.create', 'administrator') → ;",
  ])
  assert.deepEqual(changes('async () => { await budget.spend(1); await other() }'), ['await budget.spend(1); → ;'])
})

test('one of two conditions is forgotten, limits are off by one, a refusing branch is gone', () => {
  assert.deepEqual(changes('const x = a && b'), ['a && b → a', 'a && b → b'])
  assert.deepEqual(changes('const x = a ?? b'), [])
  assert.deepEqual(changes('const x = a > 3'), ['a > 3 → a >= 3'])
  assert.deepEqual(changes('const x = a ? b : fail(c)'), ['a ? b : fail(c) → b'])
})

test('a mutant is the whole file with one place changed, and says on which line', () => {
  const [mutant] = mutantsOf('const é = 1\nif (a) return2()\nif (b) throw c\n')
  assert.deepEqual(mutant, {
    line: 3,
    offset: 33,
    before: 'b',
    after: 'false',
    text: 'const é = 1\nif (a) return2()\nif (false) throw c\n',
  })
})
