import assert from 'node:assert/strict'
import { test } from 'node:test'
import { benchmarks, machine } from './bench.ts'
import { tree } from './tree.ts'

test('benchmarks are found in every package, and chosen by a word of their path', (t) => {
  const paths = ['packages/pki/bench/issue.bench.ts', 'packages/server/bench/https/post.bench.ts']
  const root = tree(t, Object.fromEntries([...paths, 'packages/pki/bench/load.ts'].map((path) => [path, ''])))
  assert.deepEqual(benchmarks(root, []), paths)
  assert.deepEqual(benchmarks(root, ['https']), paths.slice(1))
  assert.deepEqual(benchmarks(root, ['nothing']), [])
})

test('the machine is named', () => {
  const said = machine().join('\n')
  for (const word of [/processor {2}\S/, /\d cores/, /node {7}\d+\./, /openssl {4}\S/]) assert.match(said, word)
})
