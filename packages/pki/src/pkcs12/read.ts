import type { AnyPrivateKey, Imported, PrivateKey } from '../crypto/index.ts'
import { fail } from '../errors/index.ts'
import type { Pkcs12Options, Pkcs12Protection } from './contents.ts'
import { openPkcs12 } from './open.ts'

/** A file with one key, as people are given it. */
export interface Pkcs12<Key extends AnyPrivateKey = PrivateKey> {
  readonly key: Key
  /** The key's own certificate, DER. */
  readonly certificate: Uint8Array
  /** All other certificates, in the order of the file, DER each. */
  readonly chain: readonly Uint8Array[]
  readonly friendlyName?: string
  readonly protection: Pkcs12Protection
}

/**
 * Opens a file with one key and its certificate. Files of other content: {@link openPkcs12}.
 * @throws pkcs12_key_missing, pkcs12_keys_several; key_mismatch when no certificate is the key's; and all that
 *   {@link openPkcs12} throws: passphrase_wrong only when it is
 * @example
 * const { certificate, key } = sample.person
 * const file = await writePkcs12({ key, certificate: certificate.der, chain: [], friendlyName: 'Ana', passphrase: 'secret' })
 * assert.equal((await readPkcs12(file, 'secret')).friendlyName, 'Ana')
 * await assert.rejects(readPkcs12(file, 'guess'), { code: 'passphrase_wrong' })
 */
export async function readPkcs12<Options extends Pkcs12Options = Record<never, never>>(
  file: Uint8Array,
  passphrase: string,
  options?: Options,
): Promise<Pkcs12<Imported<Options>>> {
  const { keys, certificates, protection } = await openPkcs12(file, passphrase, options)
  const [only] = keys
  if (!only) return fail('pkcs12_key_missing', {})
  if (keys.length > 1) fail('pkcs12_keys_several', { count: keys.length })
  const { key, certificate, friendlyName = nameOf(certificate) } = only
  if (!certificate) return fail('key_mismatch', { what: 'certificate' })
  const chain = Object.freeze(certificates.filter(({ der }) => der !== certificate).map(({ der }) => der))
  return Object.freeze({ key, certificate, chain, ...(friendlyName ? { friendlyName } : {}), protection })

  /** Some programs name the certificate and not the key. */
  function nameOf(own: Uint8Array | undefined): string | undefined {
    return certificates.find(({ der }) => der === own)?.friendlyName
  }
}
