import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachDatabase } from '../testing/each-database.ts'
import { NOW, organisation, PRODUCTION } from '../testing/samples.ts'
import { fold, searchable, typedWords, wordsOf } from './search.ts'

const NAMES = {
  percent: '100% Pur Coton',
  underscore: 'snake_case',
  plain: 'snakeXcase and 100 Pur Coton',
  backslash: String.raw`C:\temp`,
  accents: 'Hôpital Élysée',
  quote: "l'Œuvre; DROP TABLE organisation--",
}

eachDatabase('a search', ({ fresh }) => {
  test('finds the words that were typed, by how they begin and whatever their case, and takes nothing for a pattern', async () => {
    const work = await fresh()
    await work.transaction(async ({ organisations }) => {
      for (const [id, name] of Object.entries(NAMES))
        await organisations.insert(organisation(id, { code: `c-${id}`, name }))
    })
    const found = async (search: string): Promise<string> => {
      const page = await work.read(({ organisations }) => organisations.page(PRODUCTION, { search, now: NOW }))
      return page.items.map(({ id }) => id).join(' ')
    }
    assert.equal(await found('100%'), 'percent plain')
    assert.equal(await found('%'), '')
    assert.equal(await found('_'), '')
    assert.equal(await found('\\'), '')
    assert.equal(await found('snake_case'), 'underscore')
    assert.equal(await found('case_snake'), 'underscore')
    assert.equal(await found('cas'), 'underscore')
    assert.equal(await found('nake'), '')
    assert.equal(await found('C:\\TEMP'), 'backslash')
    assert.equal(await found('HOPITAL elysee'), 'accents')
    assert.equal(await found('élysée'), 'accents')
    assert.equal(await found('elysee hop'), 'accents')
    assert.equal(await found("L'Œ"), 'quote')
    assert.equal(await found('c-plain'), 'plain')
    assert.equal(await found('pur coton'), 'percent plain')
    assert.equal(await found('pur cotton'), '')
    assert.equal(await found('nothing of the kind'), '')
    assert.equal((await found('')).split(' ').length, 6)
    assert.equal((await found('  ')).split(' ').length, 6)
    assert.equal(await found("' OR 1=1 --"), '')
  })
})

test('folding leaves nothing but lower case without accents', () => {
  assert.equal(fold('ÉLYSÉE Straße ﬁn'), 'elysee straße fin')
})

test('words are what stands between anything that is no letter and no digit, each once', () => {
  assert.deepEqual(wordsOf('api.Example.org, É’té № 5E:AB – 東京 x² api'), [
    ...['api', 'example', 'org', 'e', 'te', 'no', '5e', 'ab', '東京', 'x2'],
  ])
  assert.equal(searchable('Ada Élan', undefined, '', 'ada@example.org'), ' ada elan example org')
  assert.equal(searchable('…'), '')
})

test('of words that were typed, one that begins another asks for nothing more', () => {
  assert.deepEqual(typedWords(' ex EXAMPLE ws example w'), ['example', 'ws'])
  assert.deepEqual(typedWords('%_ '), [])
})
