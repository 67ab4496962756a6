// The portable suite in a real Chromium: the same modules as in Node, from a bundle, over the engine for browsers.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { KeySpec } from '../src/algorithms/index.ts'
import { KEY_SPECS, SIGNATURES } from '../src/algorithms/index.ts'
import { modulePage } from './browser.ts'
import { bundled } from './bundled.ts'
import { exchangeOffer, exchangeVerdict } from './portable/exchange.ts'
import { portableCases } from './portable/index.ts'

const SUITE = await bundled(
  `
  import { portableCases } from './portable/index.ts'
  export { exchangeOffer, exchangeVerdict } from './portable/exchange.ts'
  export const run = (name) => portableCases.find((one) => one.name === name).run('browser').then(() => 'passed', String)
  export const names = () => portableCases.map(({ name }) => name)
`,
  { minify: false },
)

test('Chromium passes the portable suite as Node does', async (t) => {
  const page = await modulePage(t, SUITE)
  if (!page) return
  assert.deepEqual(
    await page.call('names'),
    portableCases.map(({ name }) => name),
  )
  for (const { name } of portableCases) {
    await t.test(`Chromium: ${name}`, async () => assert.equal(await page.call('run', name), 'passed'))
  }
  assert.deepEqual(page.complaints, [])
})

test('what Node signs Chromium verifies, and the other way round', async (t) => {
  const page = await modulePage(t, SUITE)
  if (!page) return
  const signs = Object.values(KEY_SPECS).filter(({ use, spec }) => use === 'sign' && !/^slh|rsa-[34]/.test(spec))
  const specs: readonly KeySpec[] = signs.map(({ spec }) => spec)
  const fromNode = await exchangeOffer(specs)
  const fromChromium: typeof fromNode = await page.call('exchangeOffer', specs)
  const heardThere: Record<string, string> = await page.call('exchangeVerdict', fromNode)
  const heardHere = await exchangeVerdict(fromChromium)
  t.diagnostic(`${SIGNATURES.length} algorithms, ${Object.keys(fromNode).length} signed in Node`)
  t.diagnostic(`${Object.keys(fromChromium).length} signed in Chromium, verified in Node`)
  for (const [name, verdict] of Object.entries(heardHere)) assert.equal(verdict, 'true, false', `Node on ${name}`)
  for (const [name, verdict] of Object.entries(heardThere)) {
    // What Chromium verifies it also makes, and what it lacks it says to lack both times.
    assert.equal(verdict, name in fromChromium ? 'true, false' : 'algorithm_unsupported', `Chromium on ${name}`)
  }
  for (const row of ['RSA with SHA-256', 'RSA-PSS with SHA-256', 'ECDSA with SHA-384', 'Ed25519']) {
    assert.ok(
      Object.keys(fromChromium).some((name) => name.startsWith(row)),
      `${row} is made in every browser`,
    )
  }
})
