import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { checkMentions } from './check-mentions.ts'
import { tree } from './tree.ts'

const CODE = { 'packages/server/src/store/sweep.ts': "export const sweepAll = 1\nfail('not_swept')\n" }
const verdict = (t: TestContext, text: string, name = 'docs/a.md'): string[] =>
  checkMentions(tree(t, { ...CODE, [name]: text }))

test('files are found by their path, its end, or some of its folders', (t) => {
  const there = ['packages/server/src/store/sweep.ts', 'store/sweep.ts', 'server/store/sweep.ts', 'sweep.ts']
  assert.deepEqual(verdict(t, there.map((file) => `\`${file}\``).join(' ')), [])
  assert.deepEqual(verdict(t, '`sealing/sweep.ts` and `./store/sweep.ts`'), ['docs/a.md: no file sealing/sweep.ts'])
  assert.deepEqual(verdict(t, '`store/weep.ts`'), ['docs/a.md: no file store/weep.ts'])
})

test('names of code and codes are found, and what is none of either is not looked for', (t) => {
  assert.deepEqual(verdict(t, '`sweepAll`, `sweepAll()`, `not_swept`'), [])
  assert.deepEqual(verdict(t, '`sweepOne()` `not_sweeping`'), [
    'docs/a.md: no code names sweepOne()',
    'docs/a.md: no code names not_sweeping',
  ])
  assert.deepEqual(verdict(t, '`x.test.ts` `Secure` `sweep` `SameSite=Strict` `text/plain` `a b`'), [])
  assert.deepEqual(verdict(t, '```ts\nconst `sweepOne` = 1\n```\n'), [])
})

test('what was may be told of by its name of then in the list of changes', (t) => {
  assert.deepEqual(verdict(t, '`sweepOne`', 'CHANGELOG.md'), [])
})
