// What a hostile bundle of certificates may cost.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Holder } from '../../test/authority.ts'
import { authorityExtensions, certify, leafExtensions, makeChain, NOW, named } from '../../test/authority.ts'
import { generateKeyPair } from '../crypto/index.ts'
import { hasCode } from '../errors/index.ts'
import type { Certificate, GeneralName } from '../x509/index.ts'
import { makeExtension } from '../x509/index.ts'
import { validatePath } from './index.ts'

const judge = (leaf: Holder, intermediates: readonly Certificate[], anchors: readonly Certificate[], budget = {}) =>
  validatePath({
    leaf: leaf.certificate,
    intermediates,
    anchors,
    at: NOW,
    purpose: 'any',
    revocation: 'not-asked',
    budget,
  })

test('a hundred authorities of one name and different keys end the search', async () => {
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

test('names times constraints are bounded', async () => {
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

test('a chain longer than any in use is not followed', async () => {
  let issuer = await certify({ name: named('0'), extensions: authorityExtensions() })
  const anchor = issuer.certificate
  const bag: Certificate[] = []
  for (let i = 1; i < 12; i++) {
    issuer = await certify({ name: named(String(i)), issuer, extensions: authorityExtensions() })
    bag.push(issuer.certificate)
  }
  const leaf = await certify({ name: named('leaf'), issuer, extensions: leafExtensions() })
  await assert.rejects(judge(leaf, bag, [anchor]), (error) => hasCode(error, 'issuer_unknown'))
})
