// Random small worlds of authorities: whatever the graph, the search ends in its budget, and a path that is accepted
// is one — every signature in it verifies, every name joins, every date and usage holds.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  authorityExtensions,
  certify,
  daysFromNow,
  type Holder,
  leafExtensions,
  makeCrl,
  NOW,
  named,
} from '@scel/testkit/authority'
import fc from 'fast-check'
import { generateKeyPair } from '../crypto/index.ts'
import { isPkiError } from '../errors/index.ts'
import type { Certificate } from '../x509/index.ts'
import { extension, sameName, verifyIssuedBy } from '../x509/index.ts'
import type { ValidPath } from './index.ts'
import { explainPath, validatePath } from './index.ts'

// Few names and keys, so that circles, twins and cross certificates are common.
const NAMES = ['A', 'B', 'C']
const KEYS = await Promise.all(Array.from({ length: 4 }, () => generateKeyPair('ec-p256')))

interface Plan {
  readonly name: number
  readonly key: number
  readonly issuerName: number
  readonly issuerKey: number
  /** Which of the world issued it, for most; else whoever the issuer’s name and key say. */
  readonly by: number | null
  readonly kind: 'authority' | 'leaf' | 'expired' | 'short'
  readonly listed: boolean
}

const plan: fc.Arbitrary<Plan> = fc.record({
  name: fc.nat({ max: NAMES.length - 1 }),
  key: fc.nat({ max: KEYS.length - 1 }),
  issuerName: fc.nat({ max: NAMES.length - 1 }),
  issuerKey: fc.nat({ max: KEYS.length - 1 }),
  by: fc.option(fc.nat({ max: 8 }), { freq: 3 }),
  kind: fc.constantFrom('authority', 'authority', 'authority', 'leaf', 'expired', 'short'),
  listed: fc.boolean(),
})

const world = (minLength: number, maxLength: number): fc.Arbitrary<Plan[]> =>
  fc.array(plan, { minLength, maxLength }).map((plans) =>
    plans.map((one) => {
      const issuer = one.by === null ? undefined : plans[one.by % plans.length]
      return issuer ? { ...one, issuerName: issuer.name, issuerKey: issuer.key } : one
    }),
  )

const holder = (name: number, key: number): Promise<Holder> =>
  certify({ name: named(NAMES[name]!), keys: KEYS[key]!, extensions: authorityExtensions() })

async function make({ name, key, issuerName, issuerKey, kind }: Plan): Promise<Holder> {
  const extensions = {
    authority: authorityExtensions(),
    expired: authorityExtensions(),
    short: authorityExtensions(0),
    leaf: leafExtensions(),
  }[kind]
  const dates = kind === 'expired' ? { notAfter: daysFromNow(-1) } : {}
  const issuer = await holder(issuerName, issuerKey)
  return certify({ name: named(NAMES[name]!), keys: KEYS[key]!, issuer, extensions, ...dates })
}

async function assertIsPath({ chain }: ValidPath, leaf: Certificate, anchors: readonly Certificate[]): Promise<void> {
  assert.equal(chain[0], leaf)
  assert.ok(chain.length > 1 && anchors.includes(chain.at(-1)!))
  for (const [i, certificate] of chain.entries()) {
    assert.ok(certificate.notBefore <= NOW && NOW <= certificate.notAfter)
    if (i === 0) continue
    assert.ok(sameName(chain[i - 1]!.issuer, certificate.subject) && (await verifyIssuedBy(chain[i - 1]!, certificate)))
    const constraints = extension(certificate, 'basicConstraints')
    assert.ok(constraints?.ca)
    const between = chain.slice(1, i).filter(({ issuer, subject }) => !sameName(issuer, subject)).length
    assert.ok(between <= (constraints.pathLength ?? 99))
  }
}

test('any graph: an accepted path is one, a refusal has a code, and both end in the budget', async () => {
  let [accepted, refused] = [0, 0]
  await fc.assert(
    fc.asyncProperty(world(2, 9), fc.nat({ max: 2 }), async (plans, trusted) => {
      const all = (await Promise.all(plans.map(make))).map(({ certificate }) => certificate)
      const anchors = all.slice(1, 1 + trusted)
      const options = { leaf: all[0]!, intermediates: all.slice(1), anchors, at: NOW, purpose: 'any' as const }
      const verdict = await explainPath({ ...options, revocation: 'not-asked' })
      try {
        const path = await validatePath({ ...options, revocation: 'not-asked' })
        assert.ok(verdict.valid)
        await assertIsPath(path, all[0]!, anchors)
        accepted++
      } catch (error) {
        if (!isPkiError(error)) throw error
        assert.ok(!verdict.valid && verdict.best.reason.code === error.code)
        refused++
      }
    }),
    { numRuns: 300 },
  )
  assert.ok(accepted > 5 && refused > 5, `${accepted} accepted, ${refused} refused: the graphs say nothing`)
})

test('any graph and any lists: what is accepted is on no list of its issuer', async () => {
  let accepted = 0
  await fc.assert(
    fc.asyncProperty(world(3, 6), async (plans) => {
      const all = await Promise.all(plans.map(make))
      const crls = await Promise.all(
        plans.map(async ({ issuerName, issuerKey }) => {
          const signer = await holder(issuerName, issuerKey)
          const own = plans.flatMap((one, i) =>
            one.listed && one.issuerName === issuerName && one.issuerKey === issuerKey ? [all[i]!] : [],
          )
          return makeCrl({ signer, entries: own })
        }),
      )
      const bag = all.map(({ certificate }) => certificate)
      const options = {
        leaf: bag[0]!,
        intermediates: bag.slice(1),
        anchors: bag.slice(-1),
        at: NOW,
        purpose: 'any' as const,
      }
      try {
        const path = await validatePath({ ...options, revocation: { mode: 'required', crls } })
        for (const certificate of path.chain.slice(0, -1)) assert.equal(plans[bag.indexOf(certificate)]!.listed, false)
        accepted++
      } catch (error) {
        if (!isPkiError(error)) throw error
      }
    }),
    { numRuns: 300 },
  )
  assert.ok(accepted > 0)
})
