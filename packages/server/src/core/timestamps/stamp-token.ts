import { buildTimeStampToken, type TstInfoInput } from '@scel/pki/tsp'
import { parseCertificate } from '@scel/pki/x509'
import type { Directory } from '../issuance/directory.ts'
import type { SignerPool } from '../issuance/signer-pool.ts'
import type { StampCertificate } from './stamps-in-use.ts'

/**
 * Signs what a stamp says: a TimeStampToken, DER. The certificate and those above it, without the root, come along when
 * they were asked for, and only then (RFC 3161 §2.4.1 certReq).
 */
export type StampToken = (
  current: StampCertificate,
  info: TstInfoInput,
  withCertificates: boolean,
) => Promise<Uint8Array>

interface Needs {
  readonly pool: SignerPool
  readonly directory: Directory
}

export const createStampToken =
  ({ pool, directory }: Needs): StampToken =>
  async ({ certificate, keyId }, tst, withCertificates) => {
    const parsed = parseCertificate(certificate.der)
    const { key } = await pool.kept(keyId, parsed.publicKey.spki)
    const stamp = { tst, certificate: parsed, key }
    if (!withCertificates) return buildTimeStampToken({ ...stamp, withoutCertificate: true })
    const above = (await directory.chainOf(certificate.authority)).filter(({ parent }) => parent !== undefined)
    return buildTimeStampToken({ ...stamp, chain: above.map((one) => parseCertificate(one.certificate)) })
  }
