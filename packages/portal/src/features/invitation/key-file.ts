import type { KeyChoice } from '@scel/contract/values'
import { pemDecode, pemEncode } from '@scel/pki/bytes'
import { generateKeyPair, type PrivateKey } from '@scel/pki/crypto'
import { type Pkcs12Target, pkcs12KindFor, writePkcs12 } from '@scel/pki/pkcs12'
import { buildName, buildRequest } from '@scel/pki/x509'

// The only part of the portal that sees a private key. Loaded with the invitation page alone; nothing here calls out.

/** A key made in this page with its request, kept until the certificate is there so that a retry uses the same one. */
export interface KeyInHand {
  readonly choice: KeyChoice
  readonly key: PrivateKey
  readonly csr: string
}

/**
 * Makes the key pair and the request for it. The subject is a courtesy: the desk writes its own from the invitation.
 * @throws PkiError when the browser cannot make such a key
 */
export async function makeKey(
  choice: KeyChoice,
  name: string,
  progress: (step: 'key' | 'request') => void,
): Promise<KeyInHand> {
  progress('key')
  const { privateKey } = await generateKeyPair(choice)
  progress('request')
  const subject = buildName([{ type: 'commonName', value: name.slice(0, 64) }])
  const csr = pemEncode('CERTIFICATE REQUEST', await buildRequest({ subject, key: privateKey }))
  return { choice, key: privateKey, csr }
}

interface Issued {
  readonly certificate: string
  /** Issuer first, root last. */
  readonly chain: readonly string[]
}

interface Lock {
  readonly name: string
  readonly passphrase: string
  /** Where it is to be imported: what that opens decides how it is protected. */
  readonly device: Pkcs12Target
}

/**
 * The .p12: key, certificate and the authorities between it and the root. The root is left out: nobody should come to
 * trust one by importing their own certificate.
 * @throws PkiError, `key_mismatch` when the certificate is for another key
 */
export async function lockFile(hand: KeyInHand, issued: Issued, lock: Lock): Promise<Uint8Array> {
  const { name, passphrase, device } = lock
  return writePkcs12({
    key: hand.key,
    certificate: derOf(issued.certificate),
    chain: issued.chain.slice(0, -1).map(derOf),
    friendlyName: name,
    passphrase,
    kind: pkcs12KindFor(device),
  })
}

const derOf = (pem: string): Uint8Array => pemDecode(pem)[0]!.der
