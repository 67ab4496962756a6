import { hasDeskCode } from '@scel/contract/errors'
import type { SignatureAlgorithm } from '@scel/pki/algorithms'
import { sign, usualSignature } from '@scel/pki/crypto'
import { isPkiError } from '@scel/pki/errors'
import {
  assembleOcspResponse,
  buildTbsOcspResponse,
  type CertId,
  type CertStatus,
  type IssuerHashes,
  isIssuedBy,
  issuerHashes,
  type OcspRequest,
  ocspError,
  parseOcspRequest,
} from '@scel/pki/ocsp'
import { parseCertificate } from '@scel/pki/x509'
import type { Authority } from '../authorities/authority.ts'
import { type Responders, responderKey } from '../authorities/responders.ts'
import type { Directory } from '../issuance/directory.ts'
import { issuerOf } from '../issuance/issuer.ts'
import type { SignerPool } from '../issuance/signer-pool.ts'
import type { Reading } from '../work.ts'
import { HOUR, type World } from '../world.ts'

export interface OcspResponder {
  /** RFC 6960: answers a request with a response, always; what cannot be answered is an error response. */
  answer(requestDer: Uint8Array): Promise<OcspAnswer>
}

export interface OcspAnswer {
  readonly response: Uint8Array
  /** For the caching headers of GET (RFC 5019 §6.2); absent when the answer must not be cached. */
  readonly cache?: { readonly thisUpdate: Date; readonly nextUpdate: Date }
}

interface Needs {
  readonly work: Reading
  readonly world: Pick<World, 'now'>
  readonly pool: SignerPool
  readonly directory: Directory
  readonly responders: Responders
}

export function createOcspResponder({ work, world, pool, directory, responders }: Needs): OcspResponder {
  const hashes = new Map<string, IssuerHashes>()
  const hashesOf = async (authority: Authority, hash: CertId['hash']): Promise<IssuerHashes> => {
    const key = `${authority.id} ${hash}`
    let found = hashes.get(key)
    if (!found) {
      const { name: subject, spki } = issuerOf(authority)
      found = await issuerHashes({ subject, publicKey: { spki } }, hash)
      hashes.set(key, found)
    }
    return found
  }

  /** The authority that a question is about. One response has one signer, so the first that is ours decides. */
  const authorityOf = async (request: OcspRequest): Promise<Authority | undefined> => {
    const issuing = (await directory.all()).filter(({ purpose }) => purpose !== 'root')
    for (const id of request.certIds) {
      for (const authority of issuing) if (isIssuedBy(id, await hashesOf(authority, id.hash))) return authority
    }
    return undefined
  }

  const statuses = async (
    request: OcspRequest,
    authority: Authority,
    now: Date,
  ): Promise<(CertStatus & { certId: CertId })[]> => {
    const own = await Promise.all(request.certIds.map(async (id) => isIssuedBy(id, await hashesOf(authority, id.hash))))
    return work.read(async (stores) => {
      const found: (CertStatus & { certId: CertId })[] = []
      for (const [index, certId] of request.certIds.entries()) {
        const row = own[index] ? await stores.certificates.findBySerial(authority.id, certId.serialHex) : undefined
        // "unknown" is for what was never issued too: an attacker's certificate with our name in it is not good.
        if (!row) found.push({ certId, status: 'unknown' })
        else if (!row.revoked) found.push({ certId, status: 'good' })
        else {
          const revokedAt = new Date(Math.min(Date.parse(row.revoked.at), now.getTime())) // never of a time to come
          found.push({ certId, status: 'revoked', revokedAt, reason: row.revoked.reason })
        }
      }
      return found
    })
  }

  /** Undefined while the token with the key does not answer: it will. */
  const signedBy = async (
    keyId: string,
    tbs: Uint8Array,
  ): Promise<{ row: SignatureAlgorithm; signature: Uint8Array } | undefined> => {
    try {
      const { key } = await pool.kept(keyId)
      const row = usualSignature(key)
      return { row, signature: await sign(key, tbs, row) }
    } catch (error) {
      if (hasDeskCode(error, 'token_unavailable')) return undefined
      throw error
    }
  }

  return {
    answer: async (requestDer) => {
      let request: OcspRequest
      try {
        request = parseOcspRequest(requestDer)
      } catch (error) {
        if (!isPkiError(error)) throw error
        return { response: ocspError('malformedRequest') }
      }
      const authority = await authorityOf(request)
      if (!authority) return { response: ocspError('unauthorized') }
      const responder = await responders.current(authority.id)
      if (!responder) return { response: ocspError('tryLater') }
      const thisUpdate = wholeSecond(world.now())
      const nextUpdate = new Date(thisUpdate.getTime() + FRESH)
      const singles = await statuses(request, authority, thisUpdate)
      const tbs = buildTbsOcspResponse({
        responder: parseCertificate(responder.der).subject,
        producedAt: thisUpdate,
        responses: singles.map((single) => ({ ...single, thisUpdate, nextUpdate })),
        ...(request.nonce ? { nonce: request.nonce } : {}),
      })
      const signed = await signedBy(responderKey(authority.id), tbs)
      if (!signed) return { response: ocspError('tryLater') }
      const response = assembleOcspResponse({ tbs, ...signed, certificates: [responder.der] })
      return request.nonce ? { response } : { response, cache: { thisUpdate, nextUpdate } }
    },
  }
}

const wholeSecond = (date: Date): Date => new Date(Math.floor(date.getTime() / 1000) * 1000)
// A revocation is told at once to whoever asks us; this bounds how long an answer kept elsewhere still counts.
const FRESH: number = HOUR
