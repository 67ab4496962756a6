// PKCS #12 files put together by hand, as no writer of ours would: for the tests of what others write.

import { digestByName } from '../src/algorithms/index.ts'
import { explicit, implicit, integer, octetString, oid, sequence } from '../src/asn1/index.ts'
import { passphraseForms, pkcs12Mac } from '../src/crypto/index.ts'
import { DATA, ENCRYPTED_DATA } from '../src/pkcs12/oids.ts'

/** ContentInfo of plain data. */
export const data = (content: Uint8Array): Uint8Array => sequence(oid(DATA), explicit(0, octetString(content)))

/** ContentInfo of encrypted data, whatever the algorithm. */
export const encryptedData = (algorithm: Uint8Array, bytes: Uint8Array): Uint8Array =>
  sequence(oid(ENCRYPTED_DATA), explicit(0, sequence(integer(0), sequence(oid(DATA), algorithm, implicit(0, bytes)))))

export interface MacWish {
  /** The form that the derivation gets. @default BMPString with terminator */
  readonly secret?: Uint8Array
  readonly iterations?: number
  /** What the code is over. @default the content */
  readonly over?: Uint8Array
}

/** MacData with HMAC-SHA-1 over `content`. */
export async function macData(content: Uint8Array, passphrase: string, wish: MacWish = {}): Promise<Uint8Array> {
  const digest = digestByName('SHA-1')
  const { secret = passphraseForms(passphrase).bmp(), iterations = 1, over = content } = wish
  const salt = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
  const forms = { ...passphraseForms(passphrase), bmp: () => secret }
  const value = await pkcs12Mac(digest, salt, iterations).compute(forms, over)
  return sequence(sequence(digest.identifier, octetString(value)), octetString(salt), integer(iterations))
}

/** PFX around an AuthenticatedSafe, with MacData or without. */
export const pfx = (content: Uint8Array, mac?: Uint8Array): Uint8Array =>
  sequence(integer(3), data(content), ...(mac ? [mac] : []))

/** PFX of these safes (ContentInfo each) with a right code. */
export async function sealed(passphrase: string, ...safes: readonly Uint8Array[]): Promise<Uint8Array> {
  const content = sequence(...safes)
  return pfx(content, await macData(content, passphrase))
}
