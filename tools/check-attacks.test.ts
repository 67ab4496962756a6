import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkAttacks } from './check-attacks.ts'
import { tree } from './tree.ts'

const TESTS = `test('CVE-1: a thing is refused', () => {})`

test('every danger names a test that is there', (t) => {
  const page = '## Part\n\n- A danger\n  - `a.test.ts`: “CVE-1…”\n'
  assert.deepEqual(checkAttacks(tree(t, { 'docs/attacks.md': page, 'a.test.ts': TESTS })), [])
})

test('a test that was renamed, a file that is gone and a danger without a test are found', (t) => {
  const page = [
    '- A danger',
    '  - `a.test.ts`: “CVE-2…”',
    '  - `a.test.ts`: “a thing is refused…”',
    '  - `b.test.ts`: “CVE-1…”',
    '- Another danger',
    '',
  ].join('\n')
  assert.deepEqual(checkAttacks(tree(t, { 'docs/attacks.md': page, 'a.test.ts': TESTS })), [
    'docs/attacks.md: no test is named for “Another danger”',
    'docs/attacks.md: no test of a.test.ts begins with “CVE-2”',
    'docs/attacks.md: no test of a.test.ts begins with “a thing is refused”',
    'docs/attacks.md: b.test.ts is not there',
  ])
})
