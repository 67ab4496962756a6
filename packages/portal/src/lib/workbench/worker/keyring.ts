// The keys that the person unlocked. They live in this worker and nowhere else, and end with it.

import { type DecryptionKey, mayReceive, maySign } from '@scel/pki/cms'
import type { Key } from '@scel/pki/crypto'
import { openPkcs12 } from '@scel/pki/pkcs12'
import { type Certificate, extension, fingerprint, parseCertificate } from '@scel/pki/x509'
import { FilesFailure } from '../failure.ts'
import type { Unlocked } from '../protocol.ts'
import { cardOf } from './cards.ts'

interface UnlockedKey {
  readonly certificate: Certificate
  readonly key: Key
  readonly chain: readonly Certificate[]
}

let held: ReadonlyMap<string, UnlockedKey> = new Map()

/**
 * Opens a .p12 and keeps its keys, instead of those that were held before.
 * @throws passphrase_wrong and what else the library says of such a file; no-key when there is no certificate for a key
 */
export async function unlock(file: Uint8Array, passphrase: string, signal: AbortSignal): Promise<Unlocked> {
  // Old methods too: the file is the person's own, and they are told.
  const options = { accept: 'any', dangerOldCiphers: true, signal } as const
  const { keys, certificates, protection } = await openPkcs12(file, passphrase, options)
  const all = certificates.map(({ der }) => parseCertificate(der))
  const found = new Map<string, UnlockedKey>()
  for (const { key, certificate: der } of keys) {
    if (!der) continue
    const certificate = parseCertificate(der)
    const chain = all.filter((one) => extension(one, 'basicConstraints')?.ca === true)
    found.set(await fingerprint(certificate.der), { certificate, key, chain })
  }
  if (found.size === 0) throw new FilesFailure('no-key')
  held = found
  const holders = [...found.values()].map(async ({ certificate }) => ({
    ...(await cardOf(certificate)),
    signs: maySign(certificate),
    receives: mayReceive(certificate),
  }))
  return { holders: await Promise.all(holders), weak: protection.weak }
}

/** All keys, for whatever is sealed to one of them. */
export const decryptionKeys = (): DecryptionKey[] =>
  [...held.values()].map(({ certificate, key }) => ({ certificate, key }))

/** @throws FilesFailure no-key, when nothing with this fingerprint was unlocked */
export function signerBy(wanted: string): UnlockedKey {
  const found = held.get(wanted)
  if (!found || found.key.spec === undefined) throw new FilesFailure('no-key')
  return found
}

export function forget(): void {
  held = new Map()
}
