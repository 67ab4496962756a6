import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { anchorsOf, checkLinks } from './check-links.ts'
import { tree } from './tree.ts'

const verdict = (t: TestContext, text: string): string[] =>
  checkLinks(tree(t, { 'docs/a.md': text, 'docs/b.md': '# One thing\n<a id="here"></a>\n', 'picture.png': '' }))

test('links to what is there are let through', (t) => {
  const links = ['[b](b.md)', '[b](./b.md#one-thing)', '[b](b.md#here)', '![p](../picture.png)', '[docs](../docs)']
  assert.deepEqual(verdict(t, `${links.join('\n')}\n[w](https://example.org/x) [m](mailto:a@b)`), [])
})

test('links to what is not there are named', (t) => {
  assert.deepEqual(verdict(t, '[c](c.md)'), ['docs/a.md: c.md leads nowhere'])
  assert.deepEqual(verdict(t, '[b](b.md#two)'), ['docs/a.md: b.md#two has no such heading'])
  assert.deepEqual(verdict(t, '[x](#gone)'), ['docs/a.md: #gone has no such heading'])
  assert.deepEqual(verdict(t, '<img alt="" src="p.png">'), ['docs/a.md: p.png leads nowhere'])
  assert.deepEqual(verdict(t, '[out](../../x.md)'), ['docs/a.md: ../../x.md leads nowhere'])
})

test('code is not a link', (t) => {
  assert.deepEqual(verdict(t, '`[c](c.md)`\n```ts\nlist[0](c.md)\n```\n'), [])
})

test('headings are named as GitHub does it', () => {
  const text = '# `scel get` — fetch!\n## Same\n## Same\n```\n# no heading\n```\n'
  assert.deepEqual([...anchorsOf(text)], ['scel-get--fetch', 'same', 'same-1'])
})
