// An identity in the forms that other programs want, to make and to open .p12 files with.

import assert from 'node:assert/strict'
import { makeChain } from '@scel/testkit/authority'
import type { Bench } from '@scel/testkit/peers'
import { pemEncode } from '../src/bytes/index.ts'
import type { PrivateKey } from '../src/crypto/index.ts'
import { exportPrivateKey } from '../src/crypto/index.ts'
import type { Pkcs12, Pkcs12Kind } from '../src/pkcs12/index.ts'
import { writePkcs12 } from '../src/pkcs12/index.ts'

/** Beyond ASCII on purpose: it is BMP in one place of the file and UTF-8 in another. */
export const PASSPHRASE = 'Clé été 42 €'

export interface Pkcs12Scene {
  readonly key: PrivateKey
  readonly certificate: Uint8Array
  /** Issuing authority and root. */
  readonly chain: readonly Uint8Array[]
  readonly pem: { readonly key: string; readonly certificate: string; readonly chain: string }
  /** Our file of this kind. */
  file(kind: Pkcs12Kind, passphrase?: string): Promise<Uint8Array>
  /** Puts key.pem, cert.pem and chain.pem into the peer's folder. */
  lay(peer: Bench): void
  /** That a file holds all of it. */
  check(read: Pkcs12, what: string): void
}

export async function pkcs12Scene(): Promise<Pkcs12Scene> {
  const { root, issuing, leaf } = await makeChain()
  const chain = [issuing.certificate.der, root.certificate.der]
  const key = leaf.keys.privateKey
  const certificate = leaf.certificate.der
  const pem = {
    key: pemEncode('PRIVATE KEY', await exportPrivateKey(key)),
    certificate: pemEncode('CERTIFICATE', certificate),
    chain: chain.map((der) => pemEncode('CERTIFICATE', der)).join(''),
  }
  return {
    key,
    certificate,
    chain,
    pem,
    file: (kind, passphrase = PASSPHRASE) =>
      writePkcs12({ key, certificate, chain, friendlyName: 'Poste été', passphrase, iterations: 2_048, kind }),
    lay(peer) {
      peer.write('key.pem', pem.key)
      peer.write('cert.pem', pem.certificate)
      peer.write('chain.pem', pem.chain)
    },
    check(read, what) {
      assert.deepEqual(read.key.publicKey, key.publicKey, what)
      assert.deepEqual(read.certificate, certificate, what)
      const sorted = (ders: readonly Uint8Array[]): string[] =>
        ders.map((der) => Buffer.from(der).toString('hex')).sort()
      assert.deepEqual(sorted(read.chain), sorted(chain), what)
    },
  }
}
