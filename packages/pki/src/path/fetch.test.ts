// Lists and responses that the caller fetches while a path is judged: when they are asked, for what, and what it is worth.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  authorityExtensions,
  certify,
  daysFromNow,
  type Holder,
  leafExtensions,
  makeChain,
  makeCrl,
  makeOcsp,
  named,
  pathOf,
} from '@scel/testkit/authority'
import { refuses } from '../../test/refuses.ts'
import type { Crl, Extension } from '../x509/index.ts'
import { makeExtension } from '../x509/index.ts'
import type { Fetched, PathVerdict, ValidatePathOptions, Want } from './index.ts'
import { explainPath, validatePath } from './index.ts'

const uri = (value: string) => ({ kind: 'uri', value }) as const
const places = (name: string, kinds: readonly ('crl' | 'delta' | 'ocsp')[]): Extension[] => [
  ...(kinds.includes('ocsp')
    ? [makeExtension('authorityInfoAccess', [{ method: 'ocsp', location: uri(`http://${name}/ocsp`) }])]
    : []),
  ...(kinds.includes('crl')
    ? [makeExtension('crlDistributionPoints', [{ fullName: [uri(`http://${name}/crl`)] }])]
    : []),
  ...(kinds.includes('delta') ? [makeExtension('freshestCRL', [{ fullName: [uri(`http://${name}/delta`)] }])] : []),
]

const { root } = await makeChain()
const sub = await certify({
  name: named('Sub'),
  issuer: root,
  extensions: [...authorityExtensions(), ...places('above', ['crl'])],
})
const end = await certify({
  name: named('end'),
  issuer: sub,
  extensions: [...leafExtensions(), ...places('sub', ['ocsp', 'crl', 'delta'])],
})
const ofRoot = await makeCrl({ signer: root })
const ofSub = await makeCrl({ signer: sub })

/** Judges with a fetch that brings what stands under an address, and tells in which order it was asked. */
async function judge(
  held: Readonly<Record<string, Fetched>>,
  change: Partial<ValidatePathOptions> = {},
  mode: 'required' | 'if-known' = 'required',
): Promise<{ readonly verdict: PathVerdict; readonly asked: string[] }> {
  const asked: string[] = []
  const fetch = async ({ url }: Want): Promise<Fetched | undefined> => {
    asked.push(url)
    return held[url]
  }
  const chain = { root, issuing: sub, leaf: end }
  const verdict = await explainPath({ ...pathOf(chain), revocation: { mode, fetch }, ...change })
  return { verdict, asked }
}

const codeOf = ({ verdict }: { readonly verdict: PathVerdict }): string =>
  verdict.valid ? 'valid' : verdict.best.reason.code

test('lists are asked for before responders, from the top down, and nothing more once the status is known', async () => {
  const told = await judge({ 'http://above/crl': { crls: [ofRoot] }, 'http://sub/crl': { crls: [ofSub] } })
  assert.equal(codeOf(told), 'valid')
  assert.deepEqual(told.asked, ['http://above/crl', 'http://sub/crl'])
  const alone = await judge({
    'http://above/crl': { crls: [ofRoot] },
    'http://sub/ocsp': { ocsp: [await makeOcsp({ about: end, issuer: sub })] },
  })
  assert.equal(codeOf(alone), 'valid')
  assert.deepEqual(alone.asked, ['http://above/crl', 'http://sub/crl', 'http://sub/delta', 'http://sub/ocsp'])
})

test('what is given is not asked for', async () => {
  const fetch = async (): Promise<undefined> => assert.fail('asked')
  const revocation = { mode: 'required', crls: [ofRoot, ofSub], fetch } as const
  await validatePath({ ...pathOf({ root, issuing: sub, leaf: end }), revocation })
})

test('SSRF: a certificate of a stranger makes nobody call the addresses that it names', async () => {
  const other = await certify({ name: named('Other'), extensions: authorityExtensions() })
  // The name of the trusted root, and a key of their own.
  const twin = await certify({ name: named('Root'), extensions: authorityExtensions() })
  for (const issuer of [other, twin]) {
    const leaf = await certify({
      name: named('stranger'),
      issuer,
      extensions: [...leafExtensions(), ...places('evil', ['crl', 'delta', 'ocsp'])],
    })
    for (const mode of ['required', 'if-known'] as const) {
      const intermediates = [issuer.certificate, sub.certificate, root.certificate]
      const { verdict, asked } = await judge({}, { leaf: leaf.certificate, intermediates }, mode)
      assert.deepEqual([verdict.valid, asked], [false, []])
    }
  }
})

test('nothing is asked for a path that fails for another reason', async () => {
  const failing: readonly Partial<ValidatePathOptions>[] = [
    { at: daysFromNow(5_000) },
    { purpose: 'serverAuth' },
    { policy: { requireExplicitPolicy: true } },
    { intermediates: [] },
  ]
  for (const change of failing) {
    const { verdict, asked } = await judge({}, change)
    assert.deepEqual([verdict.valid, asked], [false, []])
  }
})

test('a revoked authority ends the asking', async () => {
  const told = await judge({ 'http://above/crl': { crls: [await makeCrl({ signer: root, entries: [sub] })] } })
  assert.equal(codeOf(told), 'certificate_revoked')
  assert.deepEqual(told.asked, ['http://above/crl'])
})

test('what was fetched is judged as any other: of another issuer, outdated, forged, it says nothing', async () => {
  const other = await certify({ name: named('Other'), extensions: authorityExtensions() })
  const forger: Holder = { ...sub, keys: other.keys }
  const lists = {
    revocation_unknown: [await makeCrl({ signer: other }), await makeCrl({ signer: forger })],
    crl_outdated: [await makeCrl({ signer: sub, thisUpdate: daysFromNow(-9), nextUpdate: daysFromNow(-2) })],
  }
  for (const [code, crls] of Object.entries(lists)) {
    for (const crl of crls) {
      const told = await judge({ 'http://above/crl': { crls: [ofRoot] }, 'http://sub/crl': { crls: [crl] } })
      assert.equal(codeOf(told), code)
      assert.ok(told.asked.includes('http://sub/ocsp')) // and the next address is asked
    }
  }
})

test('each is asked for once per validation, whatever paths there are', async () => {
  const cross = await certify({
    name: named('Sub'),
    keys: sub.keys,
    issuer: root,
    extensions: [...authorityExtensions(), ...places('above', ['crl'])],
  })
  const { verdict, asked } = await judge({}, { intermediates: [sub.certificate, cross.certificate] })
  assert.ok(!verdict.valid && verdict.refused.length > 0)
  assert.deepEqual(asked, [...new Set(asked)])
})

test('a delegated responder is asked about where its certificate says', async () => {
  const responder = await certify({
    name: named('Responder'),
    issuer: sub,
    extensions: [...leafExtensions('ocspSigning'), ...places('delegate', ['crl'])],
  })
  const answer = await makeOcsp({ about: end, issuer: sub, signer: responder, status: 'revoked' })
  const held = { 'http://above/crl': { crls: [ofRoot] }, 'http://sub/ocsp': { ocsp: [answer] } }
  const codeWith = async (crls: Crl[]): Promise<string> =>
    codeOf(await judge({ ...held, 'http://delegate/crl': { crls } }))
  assert.equal(await codeWith([ofSub]), 'certificate_revoked')
  assert.equal(await codeWith([]), 'revocation_unknown')
  // Of a revoked responder nothing counts, and the list speaks of the leaf too.
  assert.equal(await codeWith([await makeCrl({ signer: sub, entries: [responder] })]), 'valid')
})

test('what the fetch throws ends the validation', async () => {
  const stopped = new Error('stopped')
  const fetch = async (): Promise<undefined> => {
    throw stopped
  }
  const options = pathOf({ root, issuing: sub, leaf: end })
  await assert.rejects(validatePath({ ...options, revocation: { mode: 'if-known', fetch } }), stopped)
  const silent = async (): Promise<undefined> => undefined
  await refuses(validatePath({ ...options, revocation: { mode: 'required', fetch: silent } }), 'revocation_unknown')
})
