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
    const { spec, spki: publicKey, sign } = await pool.kept(keyId, parsed.publicKey.spki)
    // The key stays with the signers; they use the algorithm that is usual for its kind, and the library asks for no other.
    const stamp = { tst, certificate: parsed, key: { spec, publicKey, sign: (data: Uint8Array) => sign(data) } }
    if (!withCertificates) return buildTimeStampToken({ ...stamp, withoutCertificate: true })
    const above = (await directory.chainOf(certificate.authority)).filter(({ parent }) => parent !== undefined)
    return buildTimeStampToken({ ...stamp, chain: above.map((one) => parseCertificate(one.certificate)) })
  }
