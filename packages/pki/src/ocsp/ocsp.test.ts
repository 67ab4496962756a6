import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorityExtensions, certify, type Holder, leafExtensions, NOW, named } from '@scel/testkit/authority'
import fc from 'fast-check'
import { damaged } from '../../test/damage.ts'
import { answer, DAY, RESPONDER_EXTENSIONS, scene } from '../../test/ocsp-answers.ts'
import { refuses } from '../../test/refuses.ts'
import { nullValue } from '../asn1/index.ts'
import { equal, fromHex, toHex } from '../bytes/index.ts'
import { fail, hasCode, isPkiError } from '../errors/index.ts'
import type { KeyUsageBit } from '../x509/index.ts'
import { makeExtension } from '../x509/index.ts'
import type { CertStatus, SingleResponse } from './index.ts'
import {
  buildOcspRequest,
  buildSignedOcspRequest,
  isIssuedBy,
  issuerHashes,
  makeCertId,
  ocspError,
  parseOcspRequest,
  parseOcspResponse,
  verifyOcspResponse,
} from './index.ts'

test('a request is read back as it was made', async () => {
  const { certId, ask } = await scene()
  const sha1 = await makeCertId(ask.issuer, fromHex('0080'))
  const nonce = fromHex('aabb')
  const request = parseOcspRequest(buildOcspRequest({ certIds: [certId, sha1], nonce }))
  assert.deepEqual(request, { certIds: [certId, sha1], nonce })
  assert.ok(isIssuedBy(certId, await issuerHashes(ask.issuer, 'SHA-256')))
  assert.equal(isIssuedBy(certId, await issuerHashes(ask.issuer, 'SHA-1')), false)
})

test('a certificate is named by the digest and both hashes of its issuer, and each must be right', async () => {
  const { certId, ask, root } = await scene()
  const hashes = await issuerHashes(ask.issuer, 'SHA-256')
  const other = await issuerHashes(root.certificate, 'SHA-256')
  assert.equal(isIssuedBy({ ...certId, hash: 'SHA-384' }, hashes), false)
  assert.equal(isIssuedBy({ ...certId, issuerNameHash: other.issuerNameHash }, hashes), false)
  assert.equal(isIssuedBy({ ...certId, issuerKeyHash: other.issuerKeyHash }, hashes), false)
  for (const short of [
    { issuerNameHash: hashes.issuerNameHash.subarray(1) },
    { issuerKeyHash: hashes.issuerKeyHash.subarray(1) },
  ]) {
    assert.throws(() => parseOcspRequest(buildOcspRequest({ certIds: [{ ...certId, ...short }] })), isPkiError)
  }
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
  assert.equal(parseOcspRequest(buildOcspRequest({ certIds: many.slice(1) })).certIds.length, 100)
  for (const length of [0, 129]) {
    assert.throws(() => buildOcspRequest({ certIds: [certId], nonce: new Uint8Array(length) }), isPkiError)
  }
  for (const length of [1, 128]) {
    const { nonce } = parseOcspRequest(buildOcspRequest({ certIds: [certId], nonce: new Uint8Array(length) }))
    assert.equal(nonce?.length, length)
  }
})

test('answers and certificates in a response have bounds', async () => {
  const { issuing, responder, single } = await scene()
  const many = (count: number): SingleResponse[] => Array(count).fill(single({ status: 'good' }))
  const read = async (answers: number, certificates: number) =>
    parseOcspResponse(await answer(issuing, many(answers), { sent: Array(certificates).fill(responder) })).basic!
  const most = await read(100, 10)
  assert.deepEqual([most.responses.length, most.certificates.length], [100, 10])
  await refuses(read(101, 0), 'input_too_large')
  await refuses(read(1, 11), 'input_too_large')
})

test('good, revoked and unknown come through, from the authority and from its delegate', async () => {
  const { issuing, responder, single, ask } = await scene()
  const revoked: CertStatus = { status: 'revoked', revokedAt: NOW, reason: 'keyCompromise' }
  const plainly: CertStatus = { status: 'revoked', revokedAt: NOW }
  for (const status of [{ status: 'good' }, revoked, plainly, { status: 'unknown' }] as CertStatus[]) {
    for (const der of [
      await answer(issuing, [single(status)]),
      await answer(responder, [single(status)], { sent: [responder] }),
    ]) {
      assert.deepEqual(await verifyOcspResponse(parseOcspResponse(der), ask), status)
    }
  }
})

test('a reason that says nothing is not written, nor an empty list of certificates', async () => {
  const { issuing, single, ask } = await scene()
  const unspecified: CertStatus = { status: 'revoked', revokedAt: NOW, reason: 'unspecified' }
  const der = await answer(issuing, [single(unspecified)])
  assert.deepEqual(await verifyOcspResponse(parseOcspResponse(der), ask), { status: 'revoked', revokedAt: NOW })
  const signed = await buildSignedOcspRequest(
    {
      certIds: [await makeCertId(ask.issuer, ask.serial)],
      requestor: { kind: 'directoryName', name: ask.issuer.subject },
    },
    { key: issuing.keys.privateKey },
  )
  for (const bytes of [der, signed]) assert.ok(!toHex(bytes).includes('a0023000'))
})

test('CVE-2026-58062: an answer about another certificate, or another issuer’s, proves nothing', async () => {
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

test('responder delegation: only the issuer, or whom it appointed for OCSP, may answer', async () => {
  const { root, issuing, leaf, responder, single, ask } = await scene()
  const good = [single({ status: 'good' })]
  const check = async (der: Uint8Array): Promise<CertStatus> => verifyOcspResponse(parseOcspResponse(der), ask)
  await refuses(check(await answer(responder, good)), 'issuer_unknown') // its certificate was not sent
  await refuses(check(await answer(leaf, good, { sent: [leaf] })), 'usage_not_allowed')
  const foreign = await certify({ name: named('OCSP'), issuer: root, extensions: RESPONDER_EXTENSIONS })
  await refuses(check(await answer(foreign, good, { sent: [foreign] })), 'signature_invalid')
  const twin = await certify({ name: issuing.certificate.subject, extensions: authorityExtensions() })
  await refuses(check(await answer(twin, good)), 'signature_invalid')
  // The name of the issuer is not its key, and its key is not its name.
  const twin2 = { certificate: issuing.certificate, keys: leaf.keys }
  const forged = await certify({ name: named('OCSP'), issuer: twin2, extensions: RESPONDER_EXTENSIONS })
  await refuses(check(await answer(forged, good, { sent: [forged] })), 'signature_invalid')
  const renamed = { certificate: root.certificate, keys: issuing.keys }
  const alien = await certify({ name: named('OCSP'), issuer: renamed, extensions: RESPONDER_EXTENSIONS })
  await refuses(check(await answer(alien, good, { sent: [alien] })), 'signature_invalid')
  const bearing = (usage: KeyUsageBit): Promise<Holder> =>
    certify({
      name: named('Mute'),
      issuer: issuing,
      extensions: [makeExtension('extendedKeyUsage', ['ocspSigning']), makeExtension('keyUsage', [usage])],
    })
  const mute = await bearing('keyAgreement')
  await refuses(check(await answer(mute, good, { sent: [mute] })), 'key_usage_missing')
  const silent = await certify({
    ...{ name: named('Silent'), issuer: issuing, notBefore: NOW, notAfter: NOW },
    extensions: [makeExtension('extendedKeyUsage', ['ocspSigning'])],
  })
  // Its only moment is now, and it says nothing of what its key is for.
  assert.deepEqual(await check(await answer(silent, good, { sent: [silent] })), { status: 'good' })
  const committed = await bearing('nonRepudiation')
  assert.deepEqual(await check(await answer(committed, good, { sent: [committed] })), { status: 'good' })
  const notBefore = new Date(NOW.getTime() + DAY)
  const early = await certify({ name: named('Early'), issuer: issuing, extensions: RESPONDER_EXTENSIONS, notBefore })
  await refuses(check(await answer(early, good, { sent: [early] })), 'certificate_not_yet_valid')
  const any = await certify({ name: named('Any'), issuer: issuing, extensions: leafExtensions('anyExtendedKeyUsage') })
  await refuses(check(await answer(any, good, { sent: [any] })), 'usage_not_allowed')
  const notAfter = new Date(NOW.getTime() - DAY)
  const late = await certify({ name: named('Late'), issuer: issuing, extensions: RESPONDER_EXTENSIONS, notAfter })
  await refuses(check(await answer(late, good, { sent: [late] })), 'certificate_expired')
  // What openssl refuses too: an extension that must be understood and is not, and a precertificate.
  for (const strange of [
    { oid: '1.2.3.4', critical: true, value: nullValue() },
    makeExtension('precertificatePoison', true),
  ]) {
    const extensions = [...RESPONDER_EXTENSIONS, strange]
    const odd = await certify({ name: named('Odd'), issuer: issuing, extensions })
    const refused = await refuses(check(await answer(odd, good, { sent: [odd] })), 'extension_critical_unknown')
    assert.deepEqual(refused.facts, { subject: 'OCSP responder', oid: strange.oid })
  }
})

test('replay: an answer from the past or the future, or to another nonce, is refused', async () => {
  const { issuing, single, ask } = await scene()
  const der = await answer(issuing, [single({ status: 'good' })], { nonce: fromHex('aa') })
  const check = (change: object): Promise<CertStatus> =>
    verifyOcspResponse(parseOcspResponse(der), { ...ask, ...change })
  await refuses(check({ at: new Date(NOW.getTime() + 2 * DAY) }), 'ocsp_outdated')
  await refuses(check({ at: new Date(NOW.getTime() - DAY) }), 'ocsp_outdated')
  assert.deepEqual(await check({ at: new Date(NOW.getTime() - 1_000), skew: 1_000 }), { status: 'good' })
  await refuses(check({ at: new Date(NOW.getTime() - 1_001), skew: 1_000 }), 'ocsp_outdated')
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

test('of two responders with one name the one counts whose key signed, of whatever kind the other is', async () => {
  const { issuing, responder, single, ask } = await scene()
  const good = [single({ status: 'good' })]
  const renewed = await certify({
    name: named('OCSP'),
    issuer: issuing,
    spec: 'rsa-2048',
    extensions: RESPONDER_EXTENSIONS,
  })
  for (const signer of [responder, renewed]) {
    const response = parseOcspResponse(await answer(signer, good, { sent: [responder, renewed] }))
    assert.deepEqual(await verifyOcspResponse(response, ask), { status: 'good' })
  }
})

test('a stranger who adds certificates to a response buys no endless verification', async () => {
  const { issuing, responder, single, ask } = await scene()
  const twins = await Promise.all(
    Array.from({ length: 5 }, () =>
      certify({ name: named('OCSP'), issuer: issuing, extensions: RESPONDER_EXTENSIONS }),
    ),
  )
  const der = await answer(responder, [single({ status: 'good' })], { sent: [...twins, responder] })
  await refuses(verifyOcspResponse(parseOcspResponse(der), ask), 'input_too_large')
  // As many of its name as may be tried.
  const few = await answer(responder, [single({ status: 'good' })], { sent: [...twins.slice(0, 3), responder] })
  assert.deepEqual(await verifyOcspResponse(parseOcspResponse(few), ask), { status: 'good' })
})

test('two answers about one certificate count when they agree, and not when they contradict each other', async () => {
  const { issuing, single, ask } = await scene()
  const sha1 = await makeCertId(ask.issuer, ask.serial, 'SHA-1')
  const check = async (...responses: SingleResponse[]): Promise<CertStatus> =>
    verifyOcspResponse(parseOcspResponse(await answer(issuing, responses)), ask)
  const good = single({ status: 'good' })
  assert.deepEqual(await check(good, { ...good, certId: sha1 }), { status: 'good' })
  // The newer of the two decides whether they are recent.
  const ended = {
    certId: sha1,
    thisUpdate: new Date(NOW.getTime() - 9 * DAY),
    nextUpdate: new Date(NOW.getTime() - DAY),
  }
  assert.deepEqual(await check(good, single({ status: 'good' }, ended)), { status: 'good' })
  assert.deepEqual(await check(single({ status: 'good' }, ended), good), { status: 'good' })
  // Of two of the same moment the first, so that what follows cannot make an old answer live longer.
  const brief = { thisUpdate: ended.thisUpdate, nextUpdate: ended.nextUpdate }
  const longer = single({ status: 'good' }, { certId: sha1, thisUpdate: ended.thisUpdate })
  await refuses(check(single({ status: 'good' }, brief), longer), 'ocsp_outdated')
  const revoked = single({ status: 'revoked', revokedAt: NOW }, { certId: sha1 })
  await refuses(check(good, revoked), 'ocsp_malformed')
  await refuses(check(revoked, good), 'ocsp_malformed')
})

test('a delegate without ocspNoCheck is the caller’s to ask about, one with it is not', async () => {
  const { issuing, responder, single, ask } = await scene()
  const good = [single({ status: 'good' })]
  const asked: string[] = []
  const checkDelegate = async ({ serialHex }: { readonly serialHex: string }): Promise<void> => {
    asked.push(serialHex)
    fail('certificate_revoked', { subject: 'OCSP', serial: serialHex, reason: 'keyCompromise', at: '' })
  }
  const plain = await certify({ name: named('OCSP'), issuer: issuing, extensions: leafExtensions('ocspSigning') })
  const response = parseOcspResponse(await answer(plain, good, { sent: [plain] }))
  assert.deepEqual(await verifyOcspResponse(response, ask), { status: 'good' })
  await refuses(verifyOcspResponse(response, { ...ask, checkDelegate }), 'certificate_revoked')
  assert.deepEqual(asked, [plain.certificate.serialHex])
  const exempt = parseOcspResponse(await answer(responder, good, { sent: [responder] }))
  assert.deepEqual(await verifyOcspResponse(exempt, { ...ask, checkDelegate }), { status: 'good' })
})

test('an answer without an end counts for a day, or for as long as the caller says', async () => {
  const { issuing, certId, ask } = await scene()
  const response = parseOcspResponse(await answer(issuing, [{ status: 'good', certId, thisUpdate: NOW }]))
  const at = (milliseconds: number, more: object = {}): Promise<CertStatus> =>
    verifyOcspResponse(response, { ...ask, at: new Date(NOW.getTime() + milliseconds), ...more })
  assert.deepEqual(await at(DAY), { status: 'good' })
  await refuses(at(DAY + 6 * 60_000), 'ocsp_outdated')
  await refuses(at(2, { longestWithoutEnd: 1, skew: 0 }), 'ocsp_outdated')
  assert.deepEqual(await at(1, { longestWithoutEnd: 1, skew: 0 }), { status: 'good' })
})

test('"unknown" is never good', async () => {
  const { issuing, single, ask } = await scene()
  const response = parseOcspResponse(await answer(issuing, [single({ status: 'unknown' })]))
  assert.deepEqual(await verifyOcspResponse(response, ask), { status: 'unknown' })
})
