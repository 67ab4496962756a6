// Revocation by OCSP responses at hand, and by both.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
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
import { refuses, refusesBecause } from '../../test/refuses.ts'
import type { OcspResponse } from '../ocsp/index.ts'
import type { Crl, Extension } from '../x509/index.ts'
import { makeExtension } from '../x509/index.ts'
import type { ValidatePathOptions, ValidPath } from './index.ts'
import { validatePath } from './index.ts'

const chain = await makeChain()
const { root, issuing, leaf } = chain
const above = await makeOcsp({ about: issuing, issuer: root })

const check = (ocsp: OcspResponse[], crls: Crl[] = [], change: Partial<ValidatePathOptions> = {}): Promise<ValidPath> =>
  validatePath({ ...pathOf(chain), revocation: { mode: 'required', ocsp, crls }, ...change })

const responder = (...purposes: string[]) =>
  certify({ name: named('Responder'), issuer: issuing, extensions: leafExtensions(...purposes) })

test('responses for every certificate make a chain good, and are named', async () => {
  const own = await makeOcsp({ about: leaf, issuer: issuing })
  const path = await check([own, above])
  assert.deepEqual(
    path.revocation.map(({ status, ocsp }) => [status, ocsp]),
    [
      ['good', own],
      ['good', above],
    ],
  )
})

test('"unknown" is not good, revoked is refused, silence is not good', async () => {
  await refuses(
    check([above, await makeOcsp({ about: leaf, issuer: issuing, status: 'unknown' })]),
    'revocation_unknown',
  )
  await refuses(
    check([above, await makeOcsp({ about: leaf, issuer: issuing, status: 'revoked' })]),
    'certificate_revoked',
  )
  await refuses(check([above]), 'revocation_unknown')
  await refuses(check([above, { status: 'tryLater' }]), 'revocation_unknown')
})

test('CVE-2026-58062: a response counts for the certificate it speaks of and for no other', async () => {
  const other = await certify({ name: named('other'), issuer: issuing, extensions: leafExtensions() })
  await refuses(check([above, await makeOcsp({ about: other, issuer: issuing })]), 'revocation_unknown')
  // The same serial under another authority is another certificate.
  const twin = await certify({ name: named('twin'), issuer: root, serial: leaf.certificate.serialHex })
  await refusesBecause(
    check([above, await makeOcsp({ about: twin, issuer: root })]),
    'revocation_unknown',
    'ocsp_malformed',
  )
})

test('a responder is the issuer or its delegate, and nobody else', async () => {
  const delegate = await responder('ocspSigning')
  await check([above, await makeOcsp({ about: leaf, issuer: issuing, signer: delegate })])
  const stranger = await responder('clientAuth')
  const forged = await makeOcsp({ about: leaf, issuer: issuing, signer: stranger })
  await refusesBecause(check([above, forged]), 'revocation_unknown', 'usage_not_allowed')
  const abroad = await certify({ name: named('Responder'), issuer: root, extensions: leafExtensions('ocspSigning') })
  const far = await makeOcsp({ about: leaf, issuer: issuing, signer: abroad })
  await refusesBecause(check([above, far]), 'revocation_unknown', 'signature_invalid')
})

test('a responder that was revoked, or of which nobody knows although it says where to ask, answers nothing', async () => {
  const asking = (...extensions: Extension[]) =>
    certify({
      name: named('Responder'),
      issuer: issuing,
      extensions: [...leafExtensions('ocspSigning'), ...extensions],
    })
  const answer = (signer: Holder) => makeOcsp({ about: leaf, issuer: issuing, signer })
  const plain = await asking()
  const listed = await makeCrl({ signer: issuing, entries: [plain] })
  const response = await answer(plain)
  await check([above, response])
  // The list says that the leaf is good, so only what the finding rests on tells that the response was not taken.
  const path = await check([above, response], [listed])
  assert.deepEqual([path.revocation[0]?.ocsp, path.revocation[0]?.crls], [undefined, [listed]])
  const partly = await makeCrl({ signer: issuing, entries: [plain], point: { onlySomeReasons: [1] } })
  await refusesBecause(check([above, response], [partly]), 'revocation_unknown', 'certificate_revoked')
  const point = makeExtension('crlDistributionPoints', [{ fullName: [{ kind: 'uri', value: 'http://a.example/1' }] }])
  const silent = await answer(await asking(point))
  await refusesBecause(check([above, silent]), 'revocation_unknown', 'revocation_unknown')
  await check([above, silent], [], { revocation: { mode: 'if-known', ocsp: [above, silent] } })
  await check([above, await answer(await asking(point, makeExtension('ocspNoCheck', true)))])
})

test('responses by the hundred about one certificate are counted', async () => {
  const stranger = await responder('clientAuth')
  const forged = await makeOcsp({ about: leaf, issuer: issuing, signer: stranger })
  const flood = Array.from({ length: 100 }, () => ({ ...forged }))
  await refuses(check([above, ...flood]), 'path_too_costly')
})

test('an old response is told as such', async () => {
  const dates = { thisUpdate: daysFromNow(-3), nextUpdate: daysFromNow(-1) }
  await refuses(check([above, await makeOcsp({ about: leaf, issuer: issuing, ...dates })]), 'ocsp_outdated')
})

test('what revokes wins, whether it is a list or a response', async () => {
  const good = await makeOcsp({ about: leaf, issuer: issuing })
  const bad = await makeOcsp({ about: leaf, issuer: issuing, status: 'revoked' })
  const clean = await makeCrl({ signer: issuing })
  const listed = await makeCrl({ signer: issuing, entries: [leaf] })
  await check([above, good], [clean])
  await refuses(check([above, good], [listed]), 'certificate_revoked')
  await refuses(check([above, bad], [clean]), 'certificate_revoked')
  await refuses(check([above, good, bad]), 'certificate_revoked')
  await check([above], [clean])
})

test('a responder that its authority exempts is not asked about, when it is used as one', async () => {
  const extensions = [...leafExtensions('ocspSigning'), makeExtension('ocspNoCheck', true)]
  const { certificate } = await certify({ name: named('Responder'), issuer: issuing, extensions })
  const path = await check([above], [], { leaf: certificate, purpose: 'ocspSigning' })
  assert.equal(path.revocation[0]?.status, 'not-needed')
  await refuses(check([above], [], { leaf: certificate }), 'revocation_unknown')
})
