import { pemDecode, pemEncode } from '@scel/pki/bytes'
import { defaultSignature, generateKeyPair, type PrivateKey, sign } from '@scel/pki/crypto'
import {
  assembleSigned,
  buildName,
  buildTbsCertificate,
  makeExtension,
  type Name,
  parseRequest,
  verifyRequest,
} from '@scel/pki/x509'

/** A root and an authority under it, enough to certify what the invitation page asks for. */
export interface SmallAuthority {
  /** PEM, issuer first, root last. */
  readonly chain: readonly string[]
  /** Certifies the key of a request (PEM) whose own signature it checks. */
  certify(csr: string, name: string): Promise<string>
}

export async function makeSmallAuthority(): Promise<SmallAuthority> {
  const rootName = buildName([{ type: 'commonName', value: 'Pictures Root' }])
  const issuerName = buildName([{ type: 'commonName', value: 'Pictures People' }])
  const root = await generateKeyPair('ec-p256')
  const issuer = await generateKeyPair('ec-p256')
  let serial = 1
  const issue = async (
    by: Name,
    key: PrivateKey,
    subject: Name,
    publicKey: Uint8Array,
    ca: boolean,
  ): Promise<string> => {
    const tbs = buildTbsCertificate({
      serial: Uint8Array.of(1, serial++),
      signature: defaultSignature('ec-p256'),
      issuer: by,
      subject,
      notBefore: new Date(Date.now() - 60_000),
      notAfter: new Date(Date.now() + 86_400_000),
      publicKey,
      extensions: [makeExtension('basicConstraints', { ca })],
    })
    return pemEncode('CERTIFICATE', assembleSigned(tbs, defaultSignature('ec-p256'), await sign(key, tbs)))
  }
  return {
    chain: [
      await issue(rootName, root.privateKey, issuerName, issuer.publicKey, true),
      await issue(rootName, root.privateKey, rootName, root.publicKey, true),
    ],
    certify: async (csr, name) => {
      const request = parseRequest(pemDecode(csr)[0]!.der)
      if (!(await verifyRequest(request))) throw new Error('the request is not signed by its key')
      const subject = buildName([{ type: 'commonName', value: name }])
      return issue(issuerName, issuer.privateKey, subject, request.publicKey.spki, false)
    },
  }
}
