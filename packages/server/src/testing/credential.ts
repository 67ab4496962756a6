import type { KeySpec } from '@scel/pki/algorithms'
import { pemEncode } from '@scel/pki/bytes'
import { exportPrivateKey, generateKeyPair, type PrivateKey } from '@scel/pki/crypto'
import { buildName, buildRequest, makeExtension } from '@scel/pki/x509'

/** A key pair and a request for it, as a client makes them. */
export interface Credential {
  readonly privateKey: PrivateKey
  /** PKCS #8, PEM. */
  readonly key: string
  /** PKCS #10, PEM. */
  readonly csr: string
}

/** What a test wants in a request. */
export interface CredentialInput {
  readonly commonName?: string
  readonly names?: readonly string[]
  readonly attributes?: Parameters<typeof buildRequest>[0]['attributes']
  readonly spec?: KeySpec
}

/** Makes a key and a request for it. */
export async function makeCredential(input: CredentialInput = {}): Promise<Credential> {
  const { commonName = 'test', names = [], attributes = [], spec = 'ec-p256' } = input
  const { privateKey } = await generateKeyPair(spec)
  const extensions = names.length
    ? [
        makeExtension(
          'subjectAltName',
          names.map((value) => ({ kind: 'dNSName' as const, value })),
        ),
      ]
    : []
  const subject = buildName([{ type: 'commonName', value: commonName }])
  const csr = await buildRequest({ subject, key: privateKey, extensions, attributes })
  return {
    privateKey,
    key: pemEncode('PRIVATE KEY', await exportPrivateKey(privateKey)),
    csr: pemEncode('CERTIFICATE REQUEST', csr),
  }
}
