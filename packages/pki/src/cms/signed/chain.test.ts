import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorityExtensions, certify, named } from '@scel/testkit/authority'
import { refuses } from '../../../test/refuses.ts'
import { defaultSignature } from '../../algorithms/index.ts'
import { sign } from '../../crypto/index.ts'
import type { RevocationCheck } from '../../path/index.ts'
import { Budget } from '../../path/index.ts'
import type { Certificate } from '../../x509/index.ts'
import { assembleSigned, buildTbsCrl, makeExtension, parseCrl } from '../../x509/index.ts'
import type { Ground, Judgement } from './chain.ts'
import { judgeChain, revocationWith } from './chain.ts'

const STAMPED = new Date('2026-06-01T12:00:00Z')
const LATER = new Date('2026-07-01T12:00:00Z')
const root = await certify({ name: named('Root'), extensions: authorityExtensions() })
const issuing = await certify({ name: named('Issuing'), issuer: root, extensions: authorityExtensions() })
const ana = await certify({ name: named('Ana'), issuer: issuing })
const leaf = ana.certificate
const ground = (): Ground => ({
  budget: new Budget(),
  intermediates: [issuing.certificate],
  anchors: [root.certificate],
  purpose: 'any',
})
type Asked = Parameters<typeof judgeChain>[2]
type Status = Awaited<ReturnType<RevocationCheck>>

const judged = (revocation: Asked, stamped: Date | undefined = STAMPED): Promise<Judgement> =>
  judgeChain(leaf, ground(), revocation, LATER, stamped)

/** The caller says of the signer, and of its authority. */
const saying =
  (signer: Status, authority: Status = 'good'): Asked =>
  (certificate: Certificate) =>
    certificate === leaf ? signer : authority

const revoked = (at: Date, reason?: 'superseded' | 'keyCompromise'): Status => ({
  revoked: { at, ...(reason ? { reason } : {}) },
})
const after = new Date('2026-06-10T00:00:00Z')

test('with a stamp the chain is judged at its moment, and what is good stays good', async () => {
  const { chain, revocation } = await judged(saying('good'))
  assert.deepEqual([chain.ok, chain.at, revocation], [true, STAMPED, { ok: true }])
})

test('a revocation counts from its moment on; one without a reason, after the stamp, does not undo the signature', async () => {
  for (const [at, reason, holds] of [
    [after, undefined, true],
    [after, 'superseded', true],
    [after, 'keyCompromise', false],
    [STAMPED, 'superseded', false],
    [new Date(STAMPED.getTime() + 1_000), 'superseded', true],
  ] as const) {
    const { chain, revocation } = await judged(saying(revoked(at, reason)))
    assert.equal(chain.ok, true)
    assert.equal(revocation !== 'not-asked' && revocation.ok, holds, `${at.toISOString()} ${reason}`)
    const bare = await judgeChain(leaf, ground(), saying(revoked(at, reason)), LATER, undefined)
    assert.equal(bare.revocation !== 'not-asked' && bare.revocation.ok, false)
  }
})

test('an authority that was revoked after the stamp, or of which nobody knows, leaves no good signer', async () => {
  for (const [asked, code] of [
    [saying('good', revoked(after, 'superseded')), 'certificate_revoked'],
    [saying(revoked(after, 'superseded'), revoked(after, 'superseded')), 'certificate_revoked'],
    [saying('unknown'), 'revocation_unknown'],
    [saying('good', 'unknown'), 'revocation_unknown'],
  ] as const) {
    const { revocation } = await judged(asked)
    assert.ok(revocation !== 'not-asked' && !revocation.ok)
    assert.equal(revocation.error.code, code)
  }
})

test('a signer revoked after the stamp whose authority has no list is good only where lists need not be there', async () => {
  const row = defaultSignature('ec-p256')
  const tbs = buildTbsCrl({
    ...{ signature: row, issuer: issuing.certificate.subject },
    ...{ thisUpdate: new Date('2026-06-30T00:00:00Z'), nextUpdate: new Date('2026-07-10T00:00:00Z') },
    entries: [{ serial: leaf.serial, revokedAt: after, reason: 'superseded' }],
    extensions: [makeExtension('cRLNumber', 1n)],
  })
  const crls = [parseCrl(assembleSigned(tbs, row, await sign(issuing.keys.privateKey, tbs, row)))]
  for (const [mode, holds] of [
    ['if-known', true],
    ['required', false],
  ] as const) {
    const { revocation } = await judged({ mode, crls })
    assert.equal(revocation !== 'not-asked' && revocation.ok, holds, mode)
  }
})

test('a date that is none, and a fault of whoever is asked, are no verdict on the signer', async () => {
  await refuses(judgeChain(leaf, ground(), 'not-asked', new Date(Number.NaN), undefined), 'time_malformed')
  const fault = new Error('no line')
  await assert.rejects(
    judged(() => Promise.reject(fault)),
    fault,
  )
})

test('a list in the file that is none takes nothing from the others', () => {
  assert.deepEqual(revocationWith({ mode: 'if-known' }, [Uint8Array.of(0x30, 0)]), { mode: 'if-known', crls: [] })
})
