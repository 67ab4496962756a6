// The three ways in which files are written, and who opens which.

import { digestByName } from '../algorithms/index.ts'
import type { Encrypted } from '../crypto/index.ts'
import { encryptDanger3Des, encryptPbes2, passphraseForms, randomBytes } from '../crypto/index.ts'
import { writeClassicMac, writePbmac1 } from './mac.ts'

/**
 * `modern`: AES-256 and HMAC-SHA-256. `compatible`: triple DES and SHA-1, the only file that all devices open; its
 * passphrase should be long and made by a machine. `pbmac1`: as modern, with the code of RFC 9879.
 */
export type Pkcs12Kind = 'modern' | 'compatible' | 'pbmac1'

export interface Pkcs12KindRow {
  /** Rounds of each derivation, unless the caller says otherwise. */
  readonly iterations: number
  encrypt(plain: Uint8Array, passphrase: string, iterations: number): Promise<Encrypted>
  /** MacData, DER. */
  mac(content: Uint8Array, passphrase: string, iterations: number): Promise<Uint8Array>
}

// .NET on Windows refuses a file whose derivations add up to more than 600,000 rounds; ours are three.
const MODERN_ITERATIONS = 150_000

/** One row per kind. */
export const PKCS12_KINDS: Readonly<Record<Pkcs12Kind, Pkcs12KindRow>> = Object.freeze({
  modern: {
    iterations: MODERN_ITERATIONS,
    encrypt: encryptPbes2,
    mac: (content, passphrase, iterations) =>
      writeClassicMac(content, passphrase, { digest: digestByName('SHA-256'), saltLength: 16, iterations }),
  },
  compatible: {
    // What Windows and Keychain write themselves; salts of 8 bytes, since longer ones were refused by Keychain.
    iterations: 2_048,
    encrypt: (plain, passphrase, iterations) =>
      encryptDanger3Des(plain, passphraseForms(passphrase), randomBytes(8), iterations),
    mac: (content, passphrase, iterations) =>
      writeClassicMac(content, passphrase, { digest: digestByName('SHA-1'), saltLength: 8, iterations }),
  },
  pbmac1: { iterations: MODERN_ITERATIONS, encrypt: encryptPbes2, mac: writePbmac1 },
})

// What each opens at the least, for versions that are in use.
const TARGETS = {
  android: 'compatible', // 13 and older say "wrong password" to AES
  chrome: 'modern', // on Linux, where it keeps keys in NSS; elsewhere it uses the system's store
  firefox: 'modern',
  ios: 'compatible',
  java: 'modern', // 8u301 and later
  macos: 'compatible', // Keychain's import of AES depends on version and on how it is called
  node: 'modern',
  nss: 'modern',
  openssl: 'modern',
  'openssl-fips': 'pbmac1', // the derivation of PKCS #12 is not allowed there; OpenSSL 3.4 and later
  thunderbird: 'modern',
  unknown: 'compatible',
  windows: 'modern', // 10 from version 1709, 11, Server 2019
  'windows-server-2016': 'compatible',
} as const

/** Who is to open the file. */
export type Pkcs12Target = keyof typeof TARGETS

/** All of them, in alphabetical order. */
export const PKCS12_TARGETS: readonly Pkcs12Target[] = Object.freeze(Object.keys(TARGETS) as Pkcs12Target[])

/**
 * The kind to write for a program or device.
 * @example
 * assert.equal(pkcs12KindFor('firefox'), 'modern')
 * assert.equal(pkcs12KindFor('ios'), 'compatible')
 */
export const pkcs12KindFor = (target: Pkcs12Target): Pkcs12Kind => TARGETS[target]
