// The same suites on the engine for browsers, with the WebCrypto of Node: what it does, it must do as rightly.

import assert from 'node:assert/strict'
import { registerHooks } from 'node:module'
import { test } from 'node:test'

registerHooks({
  resolve: (specifier, context, next) =>
    next(
      specifier === '#engine' ? new URL('../../src/crypto/engine/web.ts', import.meta.url).href : specifier,
      context,
    ),
})
// Only now, so that what it imports comes by that road.
const { WYCHEPROOF } = await import('./index.ts')

/** What WebCrypto lacks; there every case has to be refused, right ones too. */
const LACKING = /^rsa_pkcs1_|_semi_expanded_decaps$/

for (const { name, verdicts } of WYCHEPROOF) {
  test(`Wycheproof ${name} in WebCrypto: ${LACKING.test(name) ? 'unsupported' : 'every case as it should be'}`, async (t) => {
    const found = await verdicts(t)
    if (!found) return
    const differing = found.filter(({ kind }) => kind !== 'agrees' && kind !== 'excused')
    const right = LACKING.test(name) ? found.filter(({ accept }) => accept) : []
    assert.deepEqual(differing, right)
    assert.equal(right.length > 0, LACKING.test(name))
  })
}
