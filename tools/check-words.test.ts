import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkWords } from './check-words.ts'
import { tree } from './tree.ts'

const REFUSED: Readonly<Record<string, RegExp>> = {
  [`// ${'TO'}DO later`]: /unfinished/,
  [`const a = '${'/wo'}rk/main'`]: /path of one machine/,
  [`cd ${'/ro'}ot/scel`]: /path of one machine/,
  [`const a = '${'/t'}mp/a'`]: /temporary/,
  [`test.${'on'}ly('a', () => {})`]: /silences/,
  [`test.${'sk'}ip('a', () => {})`]: /reason/,
  [`see https://registry.${'npm'}js.org/x`]: /registry/,
}
for (const [line, words] of Object.entries(REFUSED)) {
  test(`refused: ${line}`, (t) => {
    const found = checkWords(tree(t, { 'docs/a.md': `fine\n${line}\n` }))
    assert.equal(found.length, 1)
    assert.match(found[0] ?? '', /^docs\/a\.md:2: /)
    assert.match(found[0] ?? '', words)
  })
}

test('ordinary lines are let through', (t) => {
  const lines = ['packages/work/units.ts', 't.skip(reason)', '/home/a/example', 'the todo list', 'a/root/b']
  assert.deepEqual(checkWords(tree(t, { 'a.md': lines.join('\n') })), [])
})

test('a lock file names no download addresses', (t) => {
  const lock = (resolved: string): string => JSON.stringify({ packages: { a: { resolved } } }, null, 1)
  assert.match(checkWords(tree(t, { 'package-lock.json': lock('https://host/a.tgz') }))[0] ?? '', /download addresses/)
  assert.deepEqual(checkWords(tree(t, { 'package-lock.json': lock('packages/pki') })), [])
})
