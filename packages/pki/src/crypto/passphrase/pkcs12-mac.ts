import { engine } from '#engine'
import type { DigestAlgorithm } from '../../algorithms/index.ts'
import type { PassphraseMac } from './pbmac1.ts'
import { pkcs12Derive, pkcs12Work } from './pkcs12-kdf.ts'

/**
 * The classic authentication code of PKCS #12 (RFC 7292 §5.1): an HMAC under a key that PKCS #12 itself derives.
 * @example
 * const mac = pkcs12Mac(digestByName('SHA-256'), randomBytes(16), 1_000)
 * assert.equal(mac.name, 'HMAC SHA-256')
 * assert.equal((await mac.compute(passphraseForms(sample.passphrase), utf8('content'))).length, 32)
 */
export const pkcs12Mac = (digest: DigestAlgorithm, salt: Uint8Array, iterations: number): PassphraseMac => ({
  name: `HMAC ${digest.name}`,
  work: pkcs12Work(digest, iterations, digest.length),
  async compute(passphrase, data, signal) {
    const derivation = { digest, passphrase: passphrase.bmp(), salt, iterations, signal }
    return engine.hmac(digest.name, await pkcs12Derive(derivation, 'mac', digest.length), data)
  },
})
