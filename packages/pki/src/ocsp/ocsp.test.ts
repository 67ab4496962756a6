import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Holder } from '../../test/authority.ts'
import { authorityExtensions, certify, leafExtensions, makeChain, NOW, named } from '../../test/authority.ts'
import { damaged } from '../../test/damage.ts'
import { defaultSignature } from '../algorithms/index.ts'
import { equal, fromHex } from '../bytes/index.ts'
import { sign } from '../crypto/index.ts'
import type { PkiErrorCode } from '../errors/index.ts'
import { hasCode, isPkiError } from '../errors/index.ts'
import { makeExtension } from '../x509/index.ts'
import type { CertStatus, SingleResponse } from './index.ts'
import {
  assembleOcspResponse,
  buildOcspRequest,
  buildTbsOcspResponse,
  isIssuedBy,
  issuerHashes,
  makeCertId,
  ocspError,
  parseOcspRequest,
  parseOcspResponse,
  verifyOcspResponse,
} from './index.ts'

const DAY = 86_400_000
const responderExtensions = [...leafExtensions('ocspSigning'), makeExtension('ocspNoCheck', true)]

async function answer(
  signer: Holder,
  responses: SingleResponse[],
  sent: Holder[] = [],
  nonce?: Uint8Array,
): Promise<Uint8Array> {
  const row = defaultSignature(signer.keys.privateKey.spec)
  const responder = signer.certificate.subject
  const tbs = buildTbsOcspResponse({ responder, producedAt: NOW, responses, ...(nonce ? { nonce } : {}) })
  const signature = await sign(signer.keys.privateKey, tbs, row)
  return assembleOcspResponse({ tbs, row, signature, certificates: sent.map(({ certificate }) => certificate.der) })
}

const refuses = (promise: Promise<unknown>, code: PkiErrorCode): Promise<void> =>
  assert.rejects(promise, (error) => hasCode(error, code))

async function scene() {
  const { root, issuing, leaf } = await makeChain()
  const responder = await certify({ name: named('OCSP'), issuer: issuing, extensions: responderExtensions })
  const { serial } = leaf.certificate
  const certId = await makeCertId(issuing.certificate, serial, 'SHA-256')
  const single = (status: CertStatus, rest: object = {}): SingleResponse => ({
    ...status,
    certId,
    thisUpdate: NOW,
    nextUpdate: new Date(NOW.getTime() + DAY),
    ...rest,
  })
  const ask = { issuer: issuing.certificate, serial, at: NOW }
  return { root, issuing, leaf, responder, certId, single, ask }
}

test('a request is read back as it was made', async () => {
  const { certId, ask } = await scene()
  const sha1 = await makeCertId(ask.issuer, fromHex('0080'))
  const nonce = fromHex('aabb')
  const request = parseOcspRequest(buildOcspRequest({ certIds: [certId, sha1], nonce }))
  assert.deepEqual(request, { certIds: [certId, sha1], nonce })
  assert.ok(isIssuedBy(certId, await issuerHashes(ask.issuer, 'SHA-256')))
  assert.equal(isIssuedBy(certId, await issuerHashes(ask.issuer, 'SHA-1')), false)
})

test('requests beyond the limits are refused', async () => {
  const { certId } = await scene()
  const many = Array.from({ length: 101 }, () => certId)
  for (const der of [buildOcspRequest({ certIds: many }), new Uint8Array(20_000)]) {
    assert.throws(
      () => parseOcspRequest(der),
      (error) => hasCode(error, 'input_too_large'),
    )
  }
  assert.throws(
    () => parseOcspRequest(buildOcspRequest({ certIds: [] })),
    (error) => hasCode(error, 'ocsp_malformed'),
  )
  assert.throws(() => buildOcspRequest({ certIds: [certId], nonce: new Uint8Array(129) }), isPkiError)
})

test('good, revoked and unknown come through, from the authority and from its delegate', async () => {
  const { issuing, responder, single, ask } = await scene()
  const revoked: CertStatus = { status: 'revoked', revokedAt: NOW, reason: 'keyCompromise' }
  for (const status of [{ status: 'good' }, revoked, { status: 'unknown' }] as CertStatus[]) {
    for (const der of [
      await answer(issuing, [single(status)]),
      await answer(responder, [single(status)], [responder]),
    ]) {
      assert.deepEqual(await verifyOcspResponse(parseOcspResponse(der), ask), status)
    }
  }
})

test('an answer about another certificate, or another issuer’s, proves nothing', async () => {
  const { root, issuing, single, ask } = await scene()
  const otherSerial = await answer(issuing, [
    single({ status: 'good' }, { certId: await makeCertId(ask.issuer, fromHex('05')) }),
  ])
  await refuses(verifyOcspResponse(parseOcspResponse(otherSerial), ask), 'ocsp_malformed')
  const otherIssuer = await answer(issuing, [
    single({ status: 'good' }, { certId: await makeCertId(root.certificate, ask.serial) }),
  ])
  await refuses(verifyOcspResponse(parseOcspResponse(otherIssuer), ask), 'ocsp_malformed')
})

test('only the issuer, or whom it appointed for OCSP, may answer', async () => {
  const { root, issuing, leaf, responder, single, ask } = await scene()
  const good = [single({ status: 'good' })]
  const check = async (der: Uint8Array): Promise<CertStatus> => verifyOcspResponse(parseOcspResponse(der), ask)
  await refuses(check(await answer(responder, good)), 'issuer_unknown') // its certificate was not sent
  await refuses(check(await answer(leaf, good, [leaf])), 'usage_not_allowed')
  const foreign = await certify({ name: named('OCSP'), issuer: root, extensions: responderExtensions })
  await refuses(check(await answer(foreign, good, [foreign])), 'signature_invalid')
  const twin = await certify({ name: issuing.certificate.subject, extensions: authorityExtensions() })
  await refuses(check(await answer(twin, good)), 'signature_invalid')
  const any = await certify({ name: named('Any'), issuer: issuing, extensions: leafExtensions('anyExtendedKeyUsage') })
  await refuses(check(await answer(any, good, [any])), 'usage_not_allowed')
  const notAfter = new Date(NOW.getTime() - DAY)
  const late = await certify({ name: named('Late'), issuer: issuing, extensions: responderExtensions, notAfter })
  await refuses(check(await answer(late, good, [late])), 'certificate_expired')
})

test('an answer from the past or the future, or to another nonce, is refused', async () => {
  const { issuing, single, ask } = await scene()
  const der = await answer(issuing, [single({ status: 'good' })], [], fromHex('aa'))
  const check = (change: object): Promise<CertStatus> =>
    verifyOcspResponse(parseOcspResponse(der), { ...ask, ...change })
  await refuses(check({ at: new Date(NOW.getTime() + 2 * DAY) }), 'ocsp_outdated')
  await refuses(check({ at: new Date(NOW.getTime() - DAY) }), 'ocsp_outdated')
  await refuses(check({ nonce: fromHex('bb') }), 'ocsp_malformed')
  assert.deepEqual(await check({ nonce: fromHex('aa') }), { status: 'good' })
  const bare = await answer(issuing, [single({ status: 'good' })])
  await refuses(verifyOcspResponse(parseOcspResponse(bare), { ...ask, nonce: fromHex('aa') }), 'ocsp_malformed')
})

test('refusals carry their status', async () => {
  const { ask } = await scene()
  for (const status of ['malformedRequest', 'internalError', 'tryLater', 'sigRequired', 'unauthorized'] as const) {
    const response = parseOcspResponse(ocspError(status))
    assert.equal(response.status, status)
    await refuses(verifyOcspResponse(response, ask), 'ocsp_refused')
  }
})

test('a damaged answer never says something else, a damaged request never crashes', async () => {
  const { issuing, single, ask, certId } = await scene()
  const der = await answer(issuing, [single({ status: 'revoked', revokedAt: NOW })])
  const request = buildOcspRequest({ certIds: [certId], nonce: fromHex('aabb') })
  await fc.assert(
    fc.asyncProperty(damaged(der), damaged(request), async ({ bytes, how }, other) => {
      try {
        parseOcspRequest(other.bytes)
      } catch (error) {
        assert.ok(isPkiError(error), `${other.how}: ${error}`)
      }
      if (equal(bytes, der)) return
      try {
        // Only what is outside of the signature may change, and then the verdict is the same.
        assert.equal((await verifyOcspResponse(parseOcspResponse(bytes), ask)).status, 'revoked', how)
      } catch (error) {
        assert.ok(isPkiError(error), `${how}: ${error}`)
      }
    }),
    { numRuns: 2_000 },
  )
})
