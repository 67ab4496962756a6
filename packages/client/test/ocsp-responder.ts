import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { defaultSignature } from '@scel/pki/algorithms'
import { sign } from '@scel/pki/crypto'
import { assembleOcspResponse, buildTbsOcspResponse, type OcspRequest, parseOcspRequest } from '@scel/pki/ocsp'
import { type Holder, NOW } from '@scel/testkit/authority'

export interface Responder {
  readonly asked: OcspRequest[]
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>
}

/** A responder of the issuer's, which answers "good" with the nonce that `nonceOf` makes of the one asked. */
export function ocspResponder(issuer: Holder, nonceOf: (request: OcspRequest) => Uint8Array | undefined): Responder {
  const asked: OcspRequest[] = []
  return {
    asked,
    async answer(incoming, response) {
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
    },
  }
}
