import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { hasCode } from '@scel/pki/errors'
import type { OcspRequest } from '@scel/pki/ocsp'
import { makeExtension } from '@scel/pki/x509'
import { authorityExtensions, certify, type Holder, NOW } from '@scel/testkit/authority'
import { ocspResponder } from '../../test/ocsp-responder.ts'
import { webServer } from '../../test/web-server.ts'
import { askOcsp } from './ask-ocsp.ts'

const issuer = await certify({ name: 'CN=CA', serial: '01', extensions: authorityExtensions() })

/** A responder of the issuer's, and a certificate that names it. */
async function responder(
  t: TestContext,
  nonceOf: (request: OcspRequest) => Uint8Array | undefined,
): Promise<{ leaf: Holder; asked: OcspRequest[] }> {
  const { asked, answer } = ocspResponder(issuer, nonceOf)
  const value = (await webServer(t)).put('/', answer)
  const places = makeExtension('authorityInfoAccess', [{ method: 'ocsp', location: { kind: 'uri', value } }])
  return { leaf: await certify({ name: 'CN=leaf', serial: '02', issuer, extensions: [places] }), asked }
}

const ask = ({ certificate }: Holder): Promise<unknown> =>
  askOcsp(certificate, issuer.certificate, NOW, new AbortController().signal)

test('each question has a nonce of its own of 32 octets (RFC 9654 §2.1), and the answer with it counts', async (t) => {
  const { leaf, asked } = await responder(t, ({ nonce }) => nonce)
  assert.deepEqual(await ask(leaf), { status: 'good' })
  assert.deepEqual(await ask(leaf), { status: 'good' })
  assert.deepEqual(
    asked.map(({ nonce }) => nonce?.length),
    [32, 32],
  )
  assert.notDeepEqual(asked[0]?.nonce, asked[1]?.nonce)
})

test('replay: an answer to another nonce, or to none, does not count', async (t) => {
  for (const nonce of [new Uint8Array(32), undefined]) {
    const { leaf } = await responder(t, () => nonce)
    await assert.rejects(ask(leaf), (error) => hasCode(error, 'ocsp_malformed') && error.facts.what === 'nonce')
  }
})
