import assert from 'node:assert/strict'
import { test } from 'node:test'
import { alternativesOf, guardedFiles } from './guarded-files.ts'
import { GUARDED } from './guards.ts'

test('a glob is taken apart at its braces, and a part that names no file is said', () => {
  assert.deepEqual(alternativesOf('a/{b,c}/{d,e}.ts'), ['a/b/d.ts', 'a/b/e.ts', 'a/c/d.ts', 'a/c/e.ts'])
  assert.deepEqual(guardedFiles(['tools/mutants/{guards,guarded-files}.ts']), [
    'tools/mutants/guards.ts',
    'tools/mutants/guarded-files.ts',
  ])
  assert.throws(() => guardedFiles(['tools/mutants/{guards,gone}.ts']), /tools\/mutants\/gone\.ts names no file/)
})

for (const { what, files, tests } of GUARDED) {
  test(`${what}: whatever is named as a guard, or as its test, is there`, () => {
    assert.ok(guardedFiles(files).length > 0)
    assert.ok(guardedFiles(tests).every((file) => file.endsWith('.test.ts')))
  })
}
