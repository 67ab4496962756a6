// With which keys something is opened: those that are given, else those of the stores of this machine.

import type { DecryptionKey, SealedFacts } from '@scel/pki/cms'
import { keyMatches } from '@scel/pki/crypto'
import { type Certificate, parseCertificate } from '@scel/pki/x509'
import { storedKeys } from '../../identities/stored-keys.ts'
import { stop } from '../../ui/cli-error.ts'
import type { CommandOption } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import type { Keys } from '../input/keys.ts'
import { dersOf, type Item, readMaterial } from '../input/material.ts'
import type { LooseKey } from '../input/open-key.ts'
import { PKCS12_OPTIONS } from '../input/open-pkcs12.ts'
import { PASSPHRASE_OPTION } from '../input/passphrase.ts'
import type { Shell } from '../input/shell.ts'

export const KEY_OPTIONS: readonly CommandOption[] = [
  { name: 'key', help: 'open_key', value: 'value_key_file', many: true },
  { name: 'certificate', help: 'open_certificate', value: 'value_file', many: true },
  PASSPHRASE_OPTION,
  ...PKCS12_OPTIONS,
]

/**
 * The keys of `--key`, each with the certificate that names it in sealed files; without that option, those in the stores,
 * former ones too, because what was sealed for them is opened by nothing else.
 * `sealed` says whom it was sealed for, where that is known already: then no other key is touched.
 * @throws key_missing, own_certificate_missing, key_file_malformed, and what reading and opening throw
 */
export async function decryptionKeys(
  session: Shell & Keys,
  given: Given,
  sealed: SealedFacts | undefined,
): Promise<DecryptionKey[]> {
  const files = given.list('key')
  if (files.length === 0) return storedKeys(session.identities, sealed)
  const certificates: Certificate[] = []
  const keys: { file: string; key: LooseKey }[] = []
  const take = (file: string, items: readonly Item[]): void => {
    certificates.push(...dersOf(items, 'certificate').map(parseCertificate))
    for (const item of items) if (item.kind === 'private key') keys.push({ file, key: item.key })
  }
  for (const file of files) {
    const { items } = await readMaterial(session, given, file)
    if (!items.some(({ kind }) => kind === 'private key')) stop('key_missing', { file })
    take(file, items)
  }
  for (const file of given.list('certificate')) {
    const { items } = await readMaterial(session, given, file)
    certificates.push(...dersOf(items, 'certificate').map(parseCertificate))
  }
  return keys.flatMap(({ file, key }) => {
    // A key may have several: after a renewal with the same key, sealed files name the one or the other.
    const own = certificates.filter(({ publicKey }) => keyMatches(key, publicKey.spki))
    if (own.length === 0) stop('own_certificate_missing', { file })
    return own.map((certificate) => ({ certificate, key }))
  })
}
