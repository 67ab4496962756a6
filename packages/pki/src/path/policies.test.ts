// Certificate policies beyond what PKITS has: the size of the graph, and what the inputs mean.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  authorityExtensions,
  certify,
  type Holder,
  leafExtensions,
  makeChain,
  NOW,
  named,
} from '@scel/testkit/authority'
import { hasCode } from '../errors/index.ts'
import type { Extension, PolicyMapping } from '../x509/index.ts'
import { makeExtension } from '../x509/index.ts'
import type { PolicyInputs, ValidatePathOptions, ValidPath } from './index.ts'
import { explainPath, validatePath } from './index.ts'

const [A, B, C] = ['1.2.3.1', '1.2.3.2', '1.2.3.3']
const ANY = '2.5.29.32.0'
const policies = (...all: string[]): Extension =>
  makeExtension(
    'certificatePolicies',
    all.map((policy) => ({ policy })),
  )
const mappings = (...pairs: [string, string][]): Extension =>
  makeExtension(
    'policyMappings',
    pairs.map(
      ([issuerDomainPolicy, subjectDomainPolicy]): PolicyMapping => ({ issuerDomainPolicy, subjectDomainPolicy }),
    ),
  )

/** A chain under a fresh root: the extensions of each authority, then those of the leaf. */
async function chainOf(authorities: Extension[][], leaf: Extension[]): Promise<Holder[]> {
  const holders = [await certify({ name: named('Root'), extensions: authorityExtensions() })]
  for (const [i, extensions] of authorities.entries()) {
    const issuer = holders[0]!
    holders.unshift(
      await certify({ name: named(`CA ${i}`), issuer, extensions: [...authorityExtensions(), ...extensions] }),
    )
  }
  const end = await certify({ name: named('leaf'), issuer: holders[0]!, extensions: [...leafExtensions(), ...leaf] })
  return [end, ...holders]
}

function optionsOf(holders: Holder[]): ValidatePathOptions {
  const [leaf, ...above] = holders.map(({ certificate }) => certificate)
  const [intermediates, anchors] = [above.slice(0, -1), above.slice(-1)]
  return { leaf: leaf!, intermediates, anchors, at: NOW, purpose: 'any', revocation: 'not-asked' }
}

const judge = (
  holders: Holder[],
  policy: PolicyInputs = {},
  change: Partial<ValidatePathOptions> = {},
): Promise<ValidPath> => validatePath({ ...optionsOf(holders), policy, ...change })

const refuses = (promise: Promise<unknown>): Promise<void> =>
  assert.rejects(promise, (error) => hasCode(error, 'policy_missing'))

test('without policies a path is valid, for none', async () => {
  const plain = await chainOf([[]], [])
  assert.deepEqual((await judge(plain)).policies, { authorityConstrained: [], userConstrained: [] })
  await refuses(judge(plain, { requireExplicitPolicy: true }))
})

test('what the authorities agree on, and what of it the caller takes', async () => {
  const chain = await chainOf([[policies(A, B)]], [policies(A, C)])
  assert.deepEqual((await judge(chain)).policies, { authorityConstrained: [A], userConstrained: [A] })
  const both = await judge(chain, { initialPolicySet: [A, B], requireExplicitPolicy: true })
  assert.deepEqual(both.policies.userConstrained, [A])
  assert.deepEqual((await judge(chain, { initialPolicySet: [B] })).policies.userConstrained, [])
  await refuses(judge(chain, { initialPolicySet: [B], requireExplicitPolicy: true }))
  await refuses(judge(chain, { initialPolicySet: [], requireExplicitPolicy: true }))
})

test('anyPolicy stands for what the caller takes, unless it is inhibited', async () => {
  const chain = await chainOf([[policies(ANY)]], [policies(ANY)])
  assert.deepEqual((await judge(chain)).policies.userConstrained, [ANY])
  const wanted = await judge(chain, { initialPolicySet: [A], requireExplicitPolicy: true })
  assert.deepEqual(wanted.policies, { authorityConstrained: [ANY], userConstrained: [A] })
  await refuses(judge(chain, { initialPolicySet: [A], requireExplicitPolicy: true, inhibitAnyPolicy: true }))
})

test('a mapped policy is told by the name that the anchor knows', async () => {
  const chain = await chainOf([[policies(A), mappings([A, B])]], [policies(B)])
  assert.deepEqual((await judge(chain)).policies.userConstrained, [A])
  await refuses(judge(chain, { requireExplicitPolicy: true, inhibitPolicyMapping: true }))
  const free = await chainOf([[policies(ANY), mappings([A, B])]], [policies(B)])
  assert.deepEqual((await judge(free)).policies.userConstrained, [A])
})

test('a policy that is mapped away is gone, and one that leads nowhere is not told', async () => {
  const chain = await chainOf([[policies(A, B), mappings([A, C])]], [policies(A)])
  assert.deepEqual((await judge(chain)).policies.authorityConstrained, [])
  const half = await chainOf([[policies(A, B)], [policies(A, B)]], [policies(B)])
  assert.deepEqual((await judge(half)).policies.authorityConstrained, [B])
})

test('constraints of certificates bind those below, and an authority’s reason is its own', async () => {
  const strict = [makeExtension('policyConstraints', { requireExplicitPolicy: 0 })]
  const bare = await chainOf([strict, []], [policies(A)])
  await assert.rejects(judge(bare), (error) => hasCode(error, 'policy_missing') && error.facts.subject.includes('CA 1'))
  const verdict = await explainPath({ ...optionsOf(bare), policy: {} })
  assert.equal(verdict.valid ? undefined : verdict.best.certificate, bare[1]!.certificate)
  await refuses(judge(await chainOf([[policies(A)]], [policies(B), ...strict])))
  await judge(await chainOf([[...strict, policies(A)]], [policies(A)]))
  const later = [makeExtension('policyConstraints', { requireExplicitPolicy: 2 })]
  await refuses(judge(await chainOf([later, [], []], [])))
  await judge(await chainOf([[makeExtension('policyConstraints', { requireExplicitPolicy: 4 })], [], []], []))
  const inhibit = [policies(ANY), makeExtension('inhibitAnyPolicy', 0)]
  await refuses(judge(await chainOf([inhibit], [policies(ANY)]), { requireExplicitPolicy: true }))
})

test('a critical policy with a qualifier that nobody knows is refused', async () => {
  const qualified = (oid: string, critical: boolean): Extension => {
    const known = makeExtension('certificatePolicies', [
      { policy: A, qualifiers: [{ kind: 'other', oid, value: Uint8Array.of(5, 0) }] },
    ])
    return { ...known, critical }
  }
  await judge(await chainOf([[]], [qualified('1.2.3.4', false)]))
  await assert.rejects(judge(await chainOf([[]], [qualified('1.2.3.4', true)])), (error) =>
    hasCode(error, 'extension_critical_unknown'),
  )
})

test('CVE-2023-0464: policies that double at each authority cost their sum, not their product', async () => {
  const levels = 7
  const names = (level: number): string[] => Array.from({ length: 8 }, (_, i) => `1.2.${level}.${i}`)
  // Every policy of a level is mapped to every one of the next: 8^7 ways through a tree.
  const mesh = Array.from({ length: levels }, (_, level) => [
    policies(...names(level)),
    mappings(...names(level).flatMap((from) => names(level + 1).map((to): [string, string] => [from, to]))),
  ])
  const chain = await chainOf(mesh, [policies(...names(levels))])
  const { authorityConstrained } = (await judge(chain, { requireExplicitPolicy: true })).policies
  assert.deepEqual(authorityConstrained, names(0))
  await assert.rejects(
    judge(chain, {}, { budget: { policies: 500 } }),
    (error) => hasCode(error, 'path_too_costly') && error.facts.item === 'policies',
  )
})

test('policies of a bare chain of two are those of the leaf', async () => {
  const { root } = await makeChain()
  const leaf = await certify({ name: named('leaf'), issuer: root, extensions: [policies(A)] })
  assert.deepEqual((await judge([leaf, root])).policies.userConstrained, [A])
})

/** A chain of a leaf, an authority and a root, with what each says of policies. */
async function underRoot(root: Extension[], authority: Extension[], leaf: Extension[]): Promise<Holder[]> {
  const top = await certify({ name: named('Root'), extensions: [...authorityExtensions(), ...root] })
  const below = await certify({ name: named('CA'), issuer: top, extensions: [...authorityExtensions(), ...authority] })
  const end = await certify({ name: named('leaf'), issuer: below, extensions: [...leafExtensions(), ...leaf] })
  return [end, below, top]
}

test('RFC 5937 §3: what an anchor given as a certificate says of policies binds the path below it', async () => {
  const explicit = { requireExplicitPolicy: true }
  // certificatePolicies: others than its own lead nowhere.
  const both = await underRoot([policies(A)], [policies(A, B)], [policies(A, B)])
  assert.deepEqual((await judge(both, explicit)).policies.authorityConstrained, [A])
  await refuses(judge(await underRoot([policies(A)], [policies(B)], [policies(B)]), explicit))
  await refuses(judge(both, { ...explicit, initialPolicySet: [B] }))
  // policyConstraints, from the first certificate on.
  const asks = makeExtension('policyConstraints', { requireExplicitPolicy: 0 })
  await refuses(judge(await underRoot([asks], [], [])))
  assert.deepEqual((await judge(await underRoot([asks], [policies(A)], [policies(A)]))).policies.userConstrained, [A])
  const later = makeExtension('policyConstraints', { requireExplicitPolicy: 5 })
  await judge(await underRoot([later], [], []))
  const unmapped = makeExtension('policyConstraints', { inhibitPolicyMapping: 0 })
  const mapped: [Extension[], Extension[]] = [[policies(A), mappings([A, B])], [policies(B)]]
  await judge(await underRoot([], ...mapped), explicit)
  await refuses(judge(await underRoot([unmapped], ...mapped), explicit))
  // inhibitAnyPolicy
  const noAny = makeExtension('inhibitAnyPolicy', 0)
  const any: [Extension[], Extension[]] = [[policies(ANY)], [policies(ANY)]]
  await judge(await underRoot([], ...any), explicit)
  await refuses(judge(await underRoot([noAny], ...any), explicit))
  // policyMappings: below it its policy has another name.
  const renamed = await underRoot([policies(A), mappings([A, B])], [policies(B)], [policies(B)])
  assert.deepEqual((await judge(renamed, explicit)).policies.authorityConstrained, [A])
})

test('an anchor that says nothing of policies, or is a bare name and key, allows all of them', async () => {
  const plain = await underRoot([], [policies(A)], [policies(A)])
  assert.deepEqual((await judge(plain, { requireExplicitPolicy: true })).policies.authorityConstrained, [A])
  const bound = await underRoot([policies(B)], [policies(A)], [policies(A)])
  const { subject, publicKey } = bound[2]!.certificate
  const bare = await judge(bound, { requireExplicitPolicy: true }, { anchors: [{ subject, publicKey }] })
  assert.deepEqual(bare.policies.authorityConstrained, [A])
})
