import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachDatabase } from './each-database.ts'
import { NOW, organisation, PRODUCTION } from './samples.ts'
import { fold } from './search.ts'

const NAMES = {
  percent: '100% Pur Coton',
  underscore: 'snake_case',
  plain: 'snakeXcase and 100 Pur Coton',
  backslash: String.raw`C:\temp`,
  accents: 'Hôpital Élysée',
  quote: "l'Œuvre; DROP TABLE organisation--",
}

eachDatabase('a search', ({ fresh }) => {
  test('finds what was typed, to the letter and whatever its case', async () => {
    const work = await fresh()
    await work.transaction(async ({ organisations }) => {
      for (const [id, name] of Object.entries(NAMES))
        await organisations.insert(organisation(id, { code: `c-${id}`, name }))
    })
    const found = async (search: string): Promise<string> => {
      const page = await work.read(({ organisations }) => organisations.page(PRODUCTION, { search, now: NOW }))
      return page.items.map(({ id }) => id).join(' ')
    }
    assert.equal(await found('100%'), 'percent')
    assert.equal(await found('%'), 'percent')
    assert.equal(await found('_'), 'underscore')
    assert.equal(await found('snake_case'), 'underscore')
    assert.equal(await found('\\'), 'backslash')
    assert.equal(await found('\\%'), '')
    assert.equal(await found('C:\\TEMP'), 'backslash')
    assert.equal(await found('HOPITAL elysee'), 'accents')
    assert.equal(await found('élysée'), 'accents')
    assert.equal(await found("L'Œ"), 'quote')
    assert.equal(await found('c-plain'), 'plain')
    assert.equal(await found('pur coton'), 'percent plain')
    assert.equal(await found('nothing of the kind'), '')
    assert.equal((await found('')).split(' ').length, 6)
    assert.equal(await found("' OR 1=1 --"), '')
  })
})

test('folding leaves nothing but lower case without accents', () => {
  assert.equal(fold('ÉLYSÉE Straße ﬁn'), 'elysee straße fin')
})
