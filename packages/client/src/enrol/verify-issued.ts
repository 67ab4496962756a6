import { pemDecode } from '@scel/pki/bytes'
import { validatePath } from '@scel/pki/path'
import { type Certificate, parseCertificate } from '@scel/pki/x509'
import type { ConnectingPurpose } from './wish.ts'

export interface Issued {
  readonly certificate: Certificate
  /** Issuer first, root last. */
  readonly chain: readonly Certificate[]
}

/**
 * Reads what the desk handed out and checks that it chains to the root of the kit at the moment `at`: what is
 * installed is what every peer will be shown. Revocation is not asked: it was issued a moment ago.
 * @param purposes each of which it has to be good for
 * @throws the errors of path validation, pem_malformed, certificate_malformed
 */
export async function verifyIssued(
  answer: { readonly certificate: string; readonly chain: readonly string[] },
  root: string,
  purposes: readonly ConnectingPurpose[],
  at: Date,
): Promise<Issued> {
  const certificate = certificateOf(answer.certificate)
  const given = answer.chain.map(certificateOf)
  const anchors = [certificateOf(root)]
  const moment = new Date(Math.max(at.getTime(), certificate.notBefore.getTime())) // the desk's clock may be ahead
  const intermediates = given.slice(0, MOST)
  let above: readonly Certificate[] = []
  for (const purpose of purposes) {
    const asked = { leaf: certificate, intermediates, anchors, at: moment, purpose, revocation: 'not-asked' } as const
    above = (await validatePath(asked)).chain.slice(1)
  }
  return { certificate, chain: above }
}

/** The only certificate of a PEM text. @throws pem_malformed, certificate_malformed */
export function certificateOf(pem: string): Certificate {
  const [block] = pemDecode(pem)
  return parseCertificate(block?.der ?? new Uint8Array())
}

const MOST = 10
