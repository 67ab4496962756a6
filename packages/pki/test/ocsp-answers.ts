// A responder for tests: it signs whatever answers it is given.

import { type Chain, certify, type Holder, leafExtensions, makeChain, NOW, named } from '@scel/testkit/authority'
import { defaultSignature } from '../src/algorithms/index.ts'
import { sign } from '../src/crypto/index.ts'
import type { CertId, CertStatus, ResponderId, SingleResponse, TbsOcspResponseInput } from '../src/ocsp/index.ts'
import { assembleOcspResponse, buildTbsOcspResponse, makeCertId } from '../src/ocsp/index.ts'
import type { Extension } from '../src/x509/index.ts'
import { makeExtension } from '../src/x509/index.ts'

export const DAY = 86_400_000
export const RESPONDER_EXTENSIONS: readonly Extension[] = [
  ...leafExtensions('ocspSigning'),
  makeExtension('ocspNoCheck', true),
]

export interface Answer extends Partial<Pick<TbsOcspResponseInput, 'nonce' | 'extensions'>> {
  readonly responder?: ResponderId
  /** Certificates to go with it. */
  readonly sent?: readonly Holder[]
}

export async function answer(
  signer: Holder,
  responses: readonly SingleResponse[],
  more: Answer = {},
): Promise<Uint8Array> {
  const { responder = signer.certificate.subject, sent = [], ...rest } = more
  const row = defaultSignature(signer.keys.privateKey.spec)
  const tbs = buildTbsOcspResponse({ responder, producedAt: NOW, responses, ...rest })
  const signature = await sign(signer.keys.privateKey, tbs, row)
  return assembleOcspResponse({ tbs, row, signature, certificates: sent.map(({ certificate }) => certificate.der) })
}

export interface Scene extends Chain {
  /** Appointed by `issuing`. */
  readonly responder: Holder
  readonly certId: CertId
  /** An answer about `leaf`, valid for a day. */
  single(status: CertStatus, rest?: Partial<SingleResponse>): SingleResponse
  /** The question about `leaf`, as `verifyOcspResponse` takes it. */
  readonly ask: { readonly issuer: Holder['certificate']; readonly serial: Uint8Array; readonly at: Date }
}

export async function scene(): Promise<Scene> {
  const chain = await makeChain()
  const { issuing, leaf } = chain
  const responder = await certify({ name: named('OCSP'), issuer: issuing, extensions: RESPONDER_EXTENSIONS })
  const { serial } = leaf.certificate
  const certId = await makeCertId(issuing.certificate, serial, 'SHA-256')
  const nextUpdate = new Date(NOW.getTime() + DAY)
  const single: Scene['single'] = (status, rest = {}) =>
    ({ ...status, certId, thisUpdate: NOW, nextUpdate, ...rest }) as SingleResponse
  return { ...chain, responder, certId, single, ask: { issuer: issuing.certificate, serial, at: NOW } }
}
