import assert from 'node:assert/strict'
import { test } from 'node:test'
import { touchedBy } from './live.ts'

test('a change of a request looks again at requests and at what counts them', () => {
  const kinds = touchedBy('{"kind":"request","id":"42","state":"pending"}')
  assert.ok(kinds.includes('request'))
  assert.ok(kinds.includes('organisation'))
})

test('what is not a live event touches nothing', () => {
  for (const data of ['', 'null', '[]', '{"kind":"toString"}', '{"kind":7}'])
    assert.deepEqual(touchedBy(data), [], data)
})
