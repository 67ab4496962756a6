import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NOW } from '@scel/testkit/authority'
import fc from 'fast-check'
import { damaged } from '../../test/damage.ts'
import { dotted, EXTENSION_VALUES, generalName } from '../../test/extension-values.ts'
import { answer, scene } from '../../test/ocsp-answers.ts'
import { signatureByName } from '../algorithms/index.ts'
import { contentOf, explicit, integer, sequence, string } from '../asn1/index.ts'
import { fromHex } from '../bytes/index.ts'
import { hasCode, isPkiError } from '../errors/index.ts'
import type { Extension, ExtensionCodec } from '../x509/index.ts'
import { buildName } from '../x509/index.ts'
import type { OcspExtensionName, OcspExtensionValues, SingleResponse } from './index.ts'
import {
  assembleOcspResponse,
  buildOcspRequest,
  buildSignedOcspRequest,
  buildTbsOcspResponse,
  isNeverIssued,
  makeCertId,
  makeOcspExtension,
  NEVER_ISSUED,
  OCSP_EXTENSIONS,
  ocspExtension,
  ocspGetPath,
  ocspRequestOfPath,
  parseOcspRequest,
  parseOcspResponse,
  responderByKey,
  verifyOcspRequest,
  verifyOcspResponse,
} from './index.ts'

const seconds = EXTENSION_VALUES.invalidityDate
const VALUES: { readonly [N in OcspExtensionName]: fc.Arbitrary<OcspExtensionValues[N]> } = {
  acceptableResponses: fc.array(dotted, { maxLength: 3 }),
  archiveCutoff: seconds,
  crlReference: fc.record(
    { url: EXTENSION_VALUES.netscapeComment, number: fc.bigInt({ min: 0n, max: 1n << 100n }), time: seconds },
    { requiredKeys: [], noNullPrototype: true },
  ) as fc.Arbitrary<OcspExtensionValues['crlReference']>,
  extendedRevoke: fc.constant(true),
  nonce: fc.uint8Array({ minLength: 1, maxLength: 128 }),
  serviceLocator: fc.record(
    {
      issuer: fc.constant(buildName([{ type: 'commonName', value: 'CA' }])),
      locations: fc.oneof(fc.constant([]), EXTENSION_VALUES.authorityInfoAccess),
    },
    { noNullPrototype: true },
  ),
  signedCertificateTimestamps: EXTENSION_VALUES.signedCertificateTimestamps,
}

for (const name of Object.keys(OCSP_EXTENSIONS) as OcspExtensionName[]) {
  test(`${name}: what is written is read back the same, and damage ends in an error of ours`, () => {
    const values: fc.Arbitrary<unknown> = VALUES[name]
    const codec = OCSP_EXTENSIONS[name] as ExtensionCodec<unknown>
    fc.assert(
      fc.property(values, (value) => {
        const made = makeOcspExtension(name, value as never)
        assert.deepEqual(ocspExtension({ extensions: [made] }, name), value)
        assert.equal(ocspExtension({}, name), undefined)
      }),
    )
    fc.assert(
      fc.property(
        values.chain((value) => damaged(codec.write(value))),
        ({ bytes, how }) => {
          try {
            codec.parse(bytes)
          } catch (error) {
            assert.ok(isPkiError(error), `${how}: ${error}`)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
}

test('a request carries extensions of its own and of each question, and who asks', async () => {
  const { certId, ask, issuing } = await scene()
  const other = await makeCertId(ask.issuer, fromHex('05'))
  const locator = makeOcspExtension('serviceLocator', { issuer: issuing.certificate.subject, locations: [] })
  const request = {
    certIds: [certId, other],
    nonce: fromHex('aabb'),
    extensions: [makeOcspExtension('acceptableResponses', ['1.3.6.1.5.5.7.48.1.1'])],
    singleExtensions: [[], [locator]],
    requestor: { kind: 'rfc822Name', value: 'ana@example.org' } as const,
  }
  assert.deepEqual(parseOcspRequest(buildOcspRequest(request)), request)
  fc.assert(
    fc.property(generalName, (requestor) => {
      assert.deepEqual(parseOcspRequest(buildOcspRequest({ certIds: [certId], requestor })).requestor, requestor)
    }),
  )
})

test('a critical extension that is not understood is refused, wherever it stands', async () => {
  const { certId, issuing, single } = await scene()
  const critical: Extension = { oid: '1.2.3', critical: true, value: fromHex('0500') }
  const malformed = (run: () => unknown): void => assert.throws(run, (error) => hasCode(error, 'ocsp_malformed'))
  malformed(() => parseOcspRequest(buildOcspRequest({ certIds: [certId], extensions: [critical] })))
  malformed(() => parseOcspRequest(buildOcspRequest({ certIds: [certId], singleExtensions: [[critical]] })))
  const good = single({ status: 'good' })
  const inAll = await answer(issuing, [good], { extensions: [critical] })
  malformed(() => parseOcspResponse(inAll))
  const inOne = await answer(issuing, [{ ...good, extensions: [critical] }])
  malformed(() => parseOcspResponse(inOne))
})

test('a signed request verifies under its signer’s key and no other, and needs to say who asks', async () => {
  const { certId, leaf, issuing } = await scene()
  const key = leaf.keys.privateKey
  const requestor = { kind: 'directoryName', name: leaf.certificate.subject } as const
  const certificates = [leaf.certificate.der]
  const der = await buildSignedOcspRequest({ certIds: [certId], requestor }, { key, certificates })
  const request = parseOcspRequest(der)
  assert.deepEqual(request.signed?.certificates, certificates)
  assert.equal(await verifyOcspRequest(request, leaf.certificate.publicKey.spki), true)
  assert.equal(await verifyOcspRequest(request, issuing.certificate.publicKey.spki), false)
  await assert.rejects(buildSignedOcspRequest({ certIds: [certId] }, { key }), (error) =>
    hasCode(error, 'ocsp_malformed'),
  )
  const unsigned = parseOcspRequest(buildOcspRequest({ certIds: [certId] }))
  assert.equal(unsigned.signed, undefined)
  await assert.rejects(verifyOcspRequest(unsigned, leaf.certificate.publicKey.spki), (error) =>
    hasCode(error, 'ocsp_malformed'),
  )
  await fc.assert(
    fc.asyncProperty(damaged(der), async ({ bytes, how }) => {
      try {
        const read = parseOcspRequest(bytes)
        if (!read.signed || !(await verifyOcspRequest(read, leaf.certificate.publicKey.spki))) return
        assert.deepEqual(read.certIds, [certId], how)
      } catch (error) {
        assert.ok(isPkiError(error), `${how}: ${error}`)
      }
    }),
    { numRuns: 500 },
  )
})

test('a response carries extensions of its own and of each answer', async () => {
  const { issuing, single } = await scene()
  const extensions = [makeOcspExtension('archiveCutoff', NOW)]
  const responses: SingleResponse[] = [single({ status: 'good' }, { extensions }), single({ status: 'unknown' })]
  const der = await answer(issuing, responses, { extensions: [makeOcspExtension('extendedRevoke', true)] })
  const { basic } = parseOcspResponse(der)
  assert.deepEqual(basic!.responses, responses)
  assert.deepEqual(ocspExtension(basic!.responses[0]!, 'archiveCutoff'), NOW)
  assert.equal(ocspExtension(basic!, 'extendedRevoke'), true)
})

test('a number that no certificate ever had is told as such, and is not good (RFC 6960 §2.2)', async () => {
  const { issuing, single, ask } = await scene()
  const extensions = [makeOcspExtension('extendedRevoke', true)]
  const response = parseOcspResponse(await answer(issuing, [single(NEVER_ISSUED)], { extensions }))
  const status = await verifyOcspResponse(response, ask)
  assert.deepEqual(status, NEVER_ISSUED)
  assert.equal(isNeverIssued(status, response.basic!), true)
  assert.equal(isNeverIssued({ status: 'revoked', revokedAt: NOW, reason: 'certificateHold' }, response.basic!), false)
  assert.equal(isNeverIssued(status, {}), false)
  assert.equal(isNeverIssued({ status: 'good' }, response.basic!), false)
  const otherwise = { status: 'revoked', revokedAt: new Date(0), reason: 'keyCompromise' } as const
  assert.equal(isNeverIssued(otherwise, response.basic!), false)
})

test('a nonce may be critical, for it is understood; an address is written in one kind of string', async () => {
  const { certId } = await scene()
  const nonce = { ...makeOcspExtension('nonce', Uint8Array.of(1)), critical: true }
  assert.deepEqual(
    parseOcspRequest(buildOcspRequest({ certIds: [certId], extensions: [nonce] })).nonce,
    Uint8Array.of(1),
  )
  const { parse } = OCSP_EXTENSIONS.crlReference
  assert.deepEqual({ ...parse(sequence(explicit(0, string('IA5String', 'http://a')))) }, { url: 'http://a' })
  assert.throws(() => parse(sequence(explicit(0, string('UTF8String', 'http://a')))), isPkiError)
})

test('a request goes into an address and comes out again, escaped or not', async () => {
  const { ask } = await scene()
  for (let serial = 0; serial < 40; serial++) {
    const der = buildOcspRequest({ certIds: [await makeCertId(ask.issuer, Uint8Array.of(1, serial))] })
    const path = ocspGetPath(der)
    assert.match(path, /^[A-Za-z0-9%]+$/)
    assert.deepEqual(ocspRequestOfPath(path), der)
    assert.deepEqual(ocspRequestOfPath(decodeURIComponent(path)), der)
  }
  for (const path of ['%%%', 'a', 'MA=', 'MDAw\n', '%C3']) {
    assert.throws(
      () => ocspRequestOfPath(path),
      (error) => hasCode(error, 'ocsp_malformed'),
      path,
    )
  }
})

test('a version written out, and a hash of a key that is none, are refused', async () => {
  const { certId, issuing, single } = await scene()
  const request = buildOcspRequest({ certIds: [certId] })
  const list = contentOf(contentOf(request))
  assert.deepEqual(sequence(sequence(list)), request)
  const malformed = (run: () => unknown): void => assert.throws(run, (error) => hasCode(error, 'ocsp_malformed'))
  malformed(() => parseOcspRequest(sequence(sequence(explicit(0, integer(0)), list))))
  const responses = [single({ status: 'good' })]
  const short = await answer(issuing, responses, { responder: { keyHash: new Uint8Array(19) } })
  malformed(() => parseOcspResponse(short))
  const tbs = buildTbsOcspResponse({ responder: issuing.certificate.subject, producedAt: NOW, responses })
  const versioned = sequence(explicit(0, integer(0)), contentOf(tbs))
  const row = signatureByName('ECDSA with SHA-256')
  const whole = { row, signature: new Uint8Array(8), certificates: [] }
  assert.ok(parseOcspResponse(assembleOcspResponse({ tbs, ...whole })).basic)
  malformed(() => parseOcspResponse(assembleOcspResponse({ tbs: versioned, ...whole })))
})

test('a responder is known by its key as by its name', async () => {
  const { issuing, responder, leaf, single, ask } = await scene()
  const good = [single({ status: 'good' })]
  for (const [signer, sent] of [
    [issuing, []],
    [responder, [leaf, responder]],
  ] as const) {
    const byKey = await responderByKey(signer.keys.publicKey)
    const response = parseOcspResponse(await answer(signer, good, { responder: byKey, sent }))
    assert.deepEqual(response.basic!.responderId, byKey)
    assert.deepEqual(await verifyOcspResponse(response, ask), { status: 'good' })
  }
  const lie = await answer(leaf, good, { responder: await responderByKey(issuing.keys.publicKey), sent: [leaf] })
  await assert.rejects(verifyOcspResponse(parseOcspResponse(lie), ask), (error) => hasCode(error, 'signature_invalid'))
})
