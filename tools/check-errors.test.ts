import assert from 'node:assert/strict'
import { test } from 'node:test'
import { differences } from './check-errors.ts'
import { readable } from './icu.ts'
import { errorsPage } from './write-errors.ts'

const words = (says: string) => ({ says, hint: 'Try again.' })
const ENGLISH = { name_taken: words('{name} is taken.'), kit_expired: words('The kit expired | on {at}.') }
const FRENCH = { name_taken: words('{name} est pris.'), kit_expired: words('Le kit a expiré.') }
const CODES = ['name_taken', 'kit_expired']
const PAGE = errorsPage(CODES, ENGLISH, FRENCH)

test('a page that was just written has no differences, and one row per code', () => {
  assert.deepEqual(differences(CODES, PAGE, PAGE), [])
  assert.match(PAGE, /`kit_expired` \| The kit expired \\\| on \{at\}\.<br>→ Try again\. \| Le kit a expiré\.<br>/)
  assert.ok(PAGE.indexOf('kit_expired') < PAGE.indexOf('name_taken'))
})

test('a missing row, a stray row, a row twice and a code twice are named', () => {
  const [head = '', row = ''] = PAGE.split(/(?=\| <a id="name_taken)/)
  assert.deepEqual(differences(CODES, head, PAGE), ['docs/errors.md has no row for name_taken'])
  assert.deepEqual(differences(['kit_expired'], PAGE, PAGE), [
    'docs/errors.md has a row for name_taken, which is no code',
  ])
  assert.deepEqual(differences(CODES, PAGE + row, PAGE), ['docs/errors.md has two rows for name_taken'])
  assert.match(differences([...CODES, 'kit_expired'], PAGE, PAGE)[0] ?? '', /of the library and of the desk/)
})

test('a sentence that has changed since is noticed', () => {
  assert.match(differences(CODES, PAGE.replace('is taken', 'was taken'), PAGE)[0] ?? '', /out of date/)
})

test('a message becomes readable: facts by name, choices side by side', () => {
  assert.equal(readable('Left{reason, select, time { after a while} other {}}.'), 'Left after a while.')
  assert.equal(
    readable('You ({role, select, a {an admin} other {a guest}}) may not.'),
    'You (an admin / a guest) may not.',
  )
  assert.equal(readable('Import your{own, select, yes { own} other {}} .p12 file .'), 'Import your own .p12 file.')
  assert.equal(readable('{days, plural, one {# day} other {# days}} left'), ' {number} day / {number} days left')
})
