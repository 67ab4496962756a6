import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { defaultSignature } from '@scel/pki/algorithms'
import { sign } from '@scel/pki/crypto'
import { hasCode } from '@scel/pki/errors'
import { assembleOcspResponse, buildTbsOcspResponse, type OcspRequest, parseOcspRequest } from '@scel/pki/ocsp'
import { makeExtension } from '@scel/pki/x509'
import { authority, certify, type Holder, NOW } from '../../test/authority.ts'
import { askOcsp } from './ask-ocsp.ts'

const issuer = await certify({ name: 'CN=CA', serial: '01', extensions: authority() })

/** A responder of the issuer's, which answers "good" with the nonce that `nonceOf` makes of the one asked. */
async function responder(
  t: TestContext,
  nonceOf: (request: OcspRequest) => Uint8Array | undefined,
): Promise<{ leaf: Holder; asked: OcspRequest[] }> {
  const asked: OcspRequest[] = []
  const server = createServer(async (incoming, response) => {
    const request = parseOcspRequest(new Uint8Array(await buffer(incoming)))
    asked.push(request)
    const nonce = nonceOf(request)
    const tbs = buildTbsOcspResponse({
      responder: issuer.certificate.subject,
      producedAt: NOW,
      responses: request.certIds.map((certId) => ({ status: 'good', certId, thisUpdate: NOW })),
      ...(nonce ? { nonce } : {}),
    })
    const row = defaultSignature(issuer.keys.privateKey.spec)
    const signature = await sign(issuer.keys.privateKey, tbs, row)
    response.end(assembleOcspResponse({ tbs, row, signature, certificates: [] }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const value = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
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
