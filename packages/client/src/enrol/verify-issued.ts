import { pemDecode } from '@scel/pki/bytes'
import { validatePath } from '@scel/pki/path'
import { type Certificate, parseCertificate } from '@scel/pki/x509'

export interface Issued {
  readonly certificate: Certificate
  /** Issuer first, root last. */
  readonly chain: readonly Certificate[]
}

/**
 * Reads what the desk handed out and checks that it chains to the root of the kit at the moment `at`: what is
 * installed is what every peer will be shown. Revocation is not asked: it was issued a moment ago.
 * @throws the errors of path validation, pem_malformed, certificate_malformed
 */
export async function verifyIssued(
  answer: { readonly certificate: string; readonly chain: readonly string[] },
  root: string,
  purpose: 'clientAuth' | 'serverAuth',
  at: Date,
): Promise<Issued> {
  const certificate = certificateOf(answer.certificate)
  const given = answer.chain.map(certificateOf)
  const anchors = [certificateOf(root)]
  const moment = new Date(Math.max(at.getTime(), certificate.notBefore.getTime())) // the desk's clock may be ahead
  const { chain } = await validatePath({
    leaf: certificate,
    intermediates: given.slice(0, MOST),
    anchors,
    at: moment,
    purpose,
    revocation: 'not-asked',
  })
  return { certificate, chain: chain.slice(1) }
}

/** The only certificate of a PEM text. @throws pem_malformed, certificate_malformed */
export function certificateOf(pem: string): Certificate {
  const [block] = pemDecode(pem)
  return parseCertificate(block?.der ?? new Uint8Array())
}

const MOST = 10
