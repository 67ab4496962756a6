// What a hostile bundle of certificates may cost.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  authorityExtensions,
  certify,
  type Holder,
  leafExtensions,
  makeChain,
  makeCrl,
  NOW,
  named,
} from '@scel/testkit/authority'
import { generateKeyPair } from '../crypto/index.ts'
import { hasCode } from '../errors/index.ts'
import type { Certificate, GeneralName, NameInput } from '../x509/index.ts'
import { makeExtension } from '../x509/index.ts'
import type { TrustAnchor, ValidatePathOptions } from './index.ts'
import { explainPath, validatePath } from './index.ts'

const uri = (value: string): GeneralName => ({ kind: 'uri', value })

const judge = (
  leaf: Holder,
  intermediates: readonly Certificate[],
  anchors: readonly Certificate[],
  budget = {},
  revocation: ValidatePathOptions['revocation'] = 'not-asked',
) =>
  validatePath({
    leaf: leaf.certificate,
    intermediates,
    anchors,
    at: NOW,
    purpose: 'any',
    revocation,
    budget,
  })

test('CVE-2018-16875, GHSA-fh2r-99q2-6mmg: a hundred authorities of one name and different keys end the search', async () => {
  const { root, leaf } = await makeChain()
  const keys = await Promise.all(Array.from({ length: 100 }, () => generateKeyPair('ec-p256')))
  const twins = await Promise.all(
    keys.map((pair) =>
      certify({ name: named('Issuing'), issuer: root, keys: pair, extensions: authorityExtensions() }),
    ),
  )
  const bag = twins.map(({ certificate }) => certificate)
  await assert.rejects(
    judge(leaf, bag, [root.certificate]),
    (error) => hasCode(error, 'path_too_costly') && error.facts.item === 'signatures',
  )
})

test('among a hundred of one name the key identifier points at the right one', async () => {
  const { root, issuing, leaf } = await makeChain()
  const twins: Certificate[] = []
  for (let i = 0; i < 100; i++) {
    twins.push((await certify({ name: named('Issuing'), issuer: root, extensions: authorityExtensions() })).certificate)
  }
  const path = await judge(leaf, [...twins, issuing.certificate], [root.certificate], { signatures: 2 })
  assert.equal(path.chain[1], issuing.certificate)
})

test('authorities that certify one another in circles end in a refusal', async () => {
  const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G']
  const all = await Promise.all(names.map((name) => certify({ name: named(name), extensions: authorityExtensions() })))
  const bag: Certificate[] = []
  for (const issuer of all) {
    for (const { keys, certificate } of all) {
      const made = await certify({ name: certificate.subject, keys, issuer, extensions: authorityExtensions() })
      bag.push(made.certificate)
    }
  }
  const leaf = await certify({ name: named('leaf'), issuer: all[0]!, extensions: leafExtensions() })
  const { root } = await makeChain()
  await assert.rejects(judge(leaf, bag, [root.certificate], { signatures: 1_000_000, steps: 1_000_000 }), (error) =>
    hasCode(error, 'issuer_unknown'),
  )
  await assert.rejects(judge(leaf, bag, [root.certificate]), (error) => hasCode(error, 'path_too_costly'))
})

test('CVE-2025-58187: names times constraints are bounded', async () => {
  const many = (suffix: string): GeneralName[] =>
    Array.from({ length: 600 }, (_, i) => ({ kind: 'dNSName', value: `n${i}.${suffix}` }))
  const extensions = [
    ...authorityExtensions(),
    makeExtension('nameConstraints', { permitted: [], excluded: many('excluded.example') }),
  ]
  const root = await certify({ name: named('Root'), extensions })
  const leaf = await certify({
    name: named('leaf'),
    issuer: root,
    extensions: [makeExtension('subjectAltName', many('a.example'))],
  })
  await assert.rejects(
    judge(leaf, [], [root.certificate]),
    (error) => hasCode(error, 'path_too_costly') && error.facts.item === 'nameComparisons',
  )
})

test('a signature is verified once, however many ways lead to it', async () => {
  const ways = ['A', 'B', 'C', 'D', 'E']
  const root = await certify({ name: named('Root'), extensions: authorityExtensions() })
  const lost = await certify({ name: named('Lost'), extensions: authorityExtensions() })
  // Each authority was certified by each: dozens of ways to the one certificate whose issuer nobody has.
  const all = await Promise.all(ways.map((name) => certify({ name: named(name), extensions: authorityExtensions() })))
  const bag = [
    (await certify({ ...{ name: named('A'), keys: all[0]!.keys }, issuer: lost, extensions: authorityExtensions() }))
      .certificate,
  ]
  for (const issuer of all) {
    for (const { keys, certificate } of all.filter((one) => one !== issuer)) {
      bag.push(
        (await certify({ name: certificate.subject, keys, issuer, extensions: authorityExtensions() })).certificate,
      )
    }
  }
  const leaf = await certify({ name: named('leaf'), issuer: all[4]!, extensions: leafExtensions() })
  const budget = { signatures: 1 + bag.length * ways.length }
  await assert.rejects(judge(leaf, bag, [root.certificate], budget), (error) => hasCode(error, 'issuer_unknown'))
})

test('a chain longer than any in use is not followed', async () => {
  let issuer = await certify({ name: named('0'), extensions: authorityExtensions() })
  const anchor = issuer.certificate
  const bag: Certificate[] = []
  for (let i = 1; i < 12; i++) {
    issuer = await certify({ name: named(String(i)), issuer, extensions: authorityExtensions() })
    bag.push(issuer.certificate)
  }
  const leaf = await certify({ name: named('leaf'), issuer, extensions: leafExtensions() })
  await assert.rejects(
    judge(leaf, bag, [anchor]),
    (error) => hasCode(error, 'path_too_long') && error.facts.limit === 10,
  )
  assert.equal((await judge(leaf, bag, [anchor], { certificates: 13 })).chain.length, 13)
  await assert.rejects(
    judge(leaf, bag, [anchor], { certificates: 12 }),
    (error) => hasCode(error, 'path_too_long') && error.facts.limit === 12,
  )
  // Where nobody goes on, nothing is too long.
  await assert.rejects(judge(leaf, [], [anchor], { certificates: 2 }), (error) => hasCode(error, 'issuer_unknown'))
})

test('what costs too much ends the search, also where another way would be free', async () => {
  const { root, leaf, issuing } = await makeChain()
  const policies = Array.from({ length: 50 }, (_, index) => ({ policy: `2.5.29.32.${index + 1}` }))
  const { keys } = issuing
  const dear = await certify({
    name: issuing.certificate.subject,
    issuer: root,
    keys,
    extensions: [...authorityExtensions(), makeExtension('certificatePolicies', policies)],
  })
  const both = [dear.certificate, issuing.certificate]
  await judge(leaf, [issuing.certificate], [root.certificate], { policies: 10 })
  await assert.rejects(
    judge(leaf, both, [root.certificate], { policies: 10 }),
    (error) => hasCode(error, 'path_too_costly') && error.facts.item === 'policies',
  )
})

test('a bag of a thousand strangers costs a look each and hides nothing', async () => {
  const { root, issuing, leaf } = await makeChain()
  const keys = await generateKeyPair('ec-p256')
  const strangers: Certificate[] = []
  for (let i = 0; i < 1_000; i++) strangers.push((await certify({ name: named(`Stranger ${i}`), keys })).certificate)
  const path = await judge(leaf, [...strangers, issuing.certificate], [root.certificate])
  assert.equal(path.chain.length, 3)
})

test('the product of two large names is bounded: many steps, many attributes, long texts', async () => {
  const { root, leaf } = await makeChain()
  const common = 'x'.repeat(900)
  const huge = (last: string): NameInput[] => [
    ...Array.from({ length: 60 }, (): NameInput => ({ type: 'organizationalUnitName', value: common })),
    { type: 'commonName', value: last },
  ]
  const keys = await generateKeyPair('ec-p256')
  const strangers: Certificate[] = []
  for (let i = 0; i < 40; i++) {
    strangers.push((await certify({ name: huge(`${i}`), keys, only: authorityExtensions() })).certificate)
  }
  const end = await certify({ name: named('end'), issuer: { ...leaf, certificate: strangers[0]! } })
  const budget = { nameComparisons: 5_000 }
  await assert.rejects(
    judge(end, strangers, [root.certificate], budget),
    (error) => hasCode(error, 'path_too_costly') && error.facts.item === 'nameComparisons',
  )
})

test('CVE-2025-61729: a name of any length makes an error of a few hundred letters', async () => {
  const { root } = await makeChain()
  const value = 'long '.repeat(8_000)
  const leaf = await certify({ name: [{ type: 'commonName', value }], extensions: [] })
  for (const anchors of [[], [root.certificate]]) {
    await assert.rejects(judge(leaf, [], anchors), (error) => {
      assert.ok(hasCode(error, 'issuer_unknown'))
      return JSON.stringify(error.facts).length + error.message.length < 600
    })
  }
})

test('lists and distribution points are looked into as often as the budget has it', async () => {
  const { root, issuing } = await makeChain()
  const points = Array.from({ length: 300 }, (_, i) => ({ fullName: [uri(`http://a.example/${i}`)] }))
  const extensions = [...leafExtensions(), makeExtension('crlDistributionPoints', points)]
  const leaf = await certify({ name: named('leaf'), issuer: issuing, extensions })
  const point = { fullName: [uri('http://b.example/')] }
  const crls = [await makeCrl({ signer: root })]
  for (let i = 0; i < 10; i++) crls.push(await makeCrl({ signer: issuing, point, number: BigInt(i) }))
  const revocation = { mode: 'required', crls } as const
  await assert.rejects(
    judge(leaf, [issuing.certificate], [root.certificate], {}, revocation),
    (error) => hasCode(error, 'path_too_costly') && error.facts.item === 'steps',
  )
})

test('signers of lists that need one another’s lists end in an answer', async () => {
  const { root, issuing, leaf } = await makeChain()
  const name = issuing.certificate.subject
  const signing = [makeExtension('keyUsage', ['cRLSign'])]
  const offices = await Promise.all(
    Array.from({ length: 12 }, () => certify({ name, issuer: issuing, extensions: signing })),
  )
  const crls = [await makeCrl({ signer: root })]
  for (const signer of offices) crls.push(await makeCrl({ signer }))
  const bag = [issuing, ...offices].map(({ certificate }) => certificate)
  const answer = await judge(leaf, bag, [root.certificate], {}, { mode: 'required', crls }).catch(
    (error: unknown) => error,
  )
  assert.ok('chain' in (answer as object) || hasCode(answer, 'path_too_costly'), String(answer))
})

test('one certificate that cannot be read does not end the search of the others', async () => {
  const { root, issuing, leaf } = await makeChain()
  const broken = { oid: '2.5.29.14', critical: false, value: Uint8Array.of(1, 2, 3) } // no subjectKeyIdentifier
  const poison = await certify({ name: named('Issuing'), issuer: root, only: [...authorityExtensions(), broken] })
  const malformed = { ...broken, oid: '2.5.29.19' }
  const limits = await certify({ name: named('Issuing'), issuer: root, keys: issuing.keys, only: [malformed] })
  const bag = [poison.certificate, limits.certificate, issuing.certificate]
  assert.equal((await judge(leaf, bag, [root.certificate])).chain.length, 3)
})

const hosts = (count: number): GeneralName[] =>
  Array.from({ length: count }, (_, i) => ({ kind: 'dNSName', value: `n${i}.a.example` }))
const mailHosts = (count: number): GeneralName[] =>
  Array.from({ length: count }, (_, i) => ({ kind: 'rfc822Name', value: `m${i}.example` }))
const withNames = (count: number) => [makeExtension('subjectAltName', hosts(count))]
const excluding = (excluded: readonly GeneralName[]) => [
  ...authorityExtensions(),
  makeExtension('nameConstraints', { permitted: [], excluded }),
]

test('CVE-2025-58187: names never meet subtrees of another kind, and the walk past them is paid for', async () => {
  const { issuing } = await makeChain()
  let looks = 0
  const kindOf = ({ kind }: GeneralName): GeneralName['kind'] => {
    looks++
    return kind
  }
  const watched: GeneralName[] = mailHosts(1_000).map((base) => {
    const seen = { ...base }
    Object.defineProperty(seen, 'kind', { get: () => kindOf(base) })
    return seen
  })
  const { subject, publicKey } = issuing.certificate
  const anchor: TrustAnchor = { subject, publicKey, constraints: { names: { permitted: [], excluded: watched } } }
  const leaf = await certify({ name: named('leaf'), issuer: issuing, extensions: withNames(1_000) })
  const options = {
    leaf: leaf.certificate,
    intermediates: [],
    at: NOW,
    purpose: 'any',
    revocation: 'not-asked',
  } as const
  await validatePath({ ...options, anchors: [anchor] })
  assert.ok(looks < 10_000, `${looks}`)
  await assert.rejects(
    validatePath({ ...options, anchors: [anchor], budget: { nameComparisons: 900 } }),
    (error) => hasCode(error, 'path_too_costly') && error.facts.item === 'nameComparisons',
  )
})

test('CVE-2025-58187: an authority with more subtrees than any in use is not read', async () => {
  for (const [count, code] of [
    [2_000, undefined],
    [2_001, 'input_too_large'],
  ] as const) {
    const root = await certify({ name: named('Root'), extensions: excluding(mailHosts(count)) })
    const leaf = await certify({ name: named('leaf'), issuer: root, extensions: withNames(10) })
    const reason = await judge(leaf, [], [root.certificate]).then(
      () => undefined,
      (error) => error.code,
    )
    assert.equal(reason, code)
  }
})

test('each authority of a chain pays for the names of all below it', async () => {
  const root = await certify({ name: named('0'), extensions: excluding(mailHosts(10)) })
  let issuer = root
  const bag: Certificate[] = []
  for (let i = 1; i < 7; i++) {
    issuer = await certify({ name: named(`${i}`), issuer, extensions: excluding(mailHosts(10)) })
    bag.push(issuer.certificate)
  }
  const leaf = await certify({ name: named('leaf'), issuer, extensions: withNames(3_000) })
  await judge(leaf, bag, [root.certificate])
  await assert.rejects(
    judge(leaf, bag, [root.certificate], { nameComparisons: 20_000 }),
    (error) => hasCode(error, 'path_too_costly') && error.facts.item === 'nameComparisons',
  )
})

/** Seven authorities that certified one another, and dead ends above each, with whatever a stranger likes to say. */
async function mesh(): Promise<{ leaf: Holder; bag: Certificate[] }> {
  const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G']
  const all = await Promise.all(names.map((name) => certify({ name: named(name), extensions: authorityExtensions() })))
  const bag: Certificate[] = []
  for (const issuer of all) {
    for (const { keys, certificate } of all.filter((one) => one !== issuer)) {
      bag.push(
        (await certify({ name: certificate.subject, keys, issuer, extensions: authorityExtensions() })).certificate,
      )
    }
  }
  const leaf = await certify({ name: named('leaf'), issuer: all[0]!, extensions: leafExtensions() })
  const lost = await certify({
    name: Array.from({ length: 60 }, (): NameInput => ({ type: 'organizationalUnitName', value: 'long '.repeat(30) })),
    extensions: authorityExtensions(),
  })
  const addresses = Array.from({ length: 200 }, (_, i) => ({
    method: 'caIssuers',
    location: uri(`http://a.example/${i}`),
  }))
  for (const { keys, certificate } of all) {
    const extensions = [...authorityExtensions(), makeExtension('authorityInfoAccess', addresses)]
    bag.push((await certify({ name: certificate.subject, keys, issuer: lost, extensions })).certificate)
  }
  return { leaf, bag }
}

/** The certificate, and how often its issuer was made a text and its addresses were read. */
function counted(certificate: Certificate): { certificate: Certificate; count: { texts: number; readings: number } } {
  const count = { texts: 0, readings: 0 }
  const extensions = certificate.extensions.map((one) => {
    if (one.oid !== '1.3.6.1.5.5.7.1.1') return one
    const { oid, critical, value } = one
    const read = (): Uint8Array => {
      count.readings++
      return value
    }
    return Object.defineProperty({ oid, critical, value }, 'value', { get: read })
  })
  const { der } = certificate.issuer
  const rdns = [...certificate.issuer.rdns]
  rdns.toReversed = () => {
    count.texts++
    return [...rdns].reverse()
  }
  return { certificate: { ...certificate, issuer: { der, rdns }, extensions }, count }
}

test('a bag of strangers buys one note and one reading for each certificate, however many ways lead to it', async () => {
  const { leaf, bag } = await mesh()
  const { root } = await makeChain()
  const all = bag.map(counted)
  const options = {
    leaf: leaf.certificate,
    intermediates: all.map(({ certificate }) => certificate),
    anchors: [root.certificate],
    at: NOW,
    purpose: 'any',
    revocation: 'not-asked',
    budget: { signatures: 1_000 },
  } as const
  const verdict = await explainPath(options)
  assert.ok(!verdict.valid)
  assert.ok(verdict.refused.length < 128, `${verdict.refused.length} notes`)
  for (const { count } of all) assert.ok(count.readings <= 1 && count.texts <= 1, JSON.stringify(count))
  // Of hundreds of addresses the first few are enough to ask at.
  assert.ok(verdict.wants.length <= 16 * bag.length)
})
