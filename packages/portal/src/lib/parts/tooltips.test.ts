import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

const SOURCE = new URL('../../', import.meta.url)

test('every action says what it does: a button stands in a tooltip', () => {
  const bare = globSync('{app,features,lib,ui}/**/*.tsx', { cwd: SOURCE }).flatMap((file) => {
    const source = readFileSync(new URL(file, SOURCE), 'utf8')
    return [...source.matchAll(/<(?:Button|ButtonLink|ActionIcon|Burger|Menu\.Item)\b/g)]
      .filter(({ index }) => !/<Tooltip\b[^<]*>\s*(?:\{\/\*.*\*\/\}\s*)?$/.test(source.slice(0, index)))
      .map(({ index }) => `${file}:${source.slice(0, index).split('\n').length}`)
      .filter((place) => !place.startsWith('lib/parts/links.tsx:')) // where ButtonLink itself is made
  })
  assert.deepEqual(bare, [])
})
