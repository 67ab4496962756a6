import { decryptPrivateKey, importPrivateKey, type PrivateKey } from '@scel/pki/crypto'

import { type Found, isPrivateKey, objectsIn } from '../objects/index.ts'
import { stop } from '../ui/cli-error.ts'
import type { Given } from './given.ts'
import { readInput } from './input.ts'
import { passphraseFor } from './passphrase.ts'
import type { Session } from './session.ts'

/** The only private key of a file, in any form. @throws key_missing, passphrase_missing, passphrase_wrong, key_malformed */
export async function readKeyFile(session: Session, given: Given, file: string): Promise<PrivateKey> {
  const found = objectsIn(await readInput(session, file)).filter((one) => isPrivateKey(one))
  const [only, ...more] = found
  if (!only || more.length > 0) return stop(only ? 'keys_several' : 'key_missing', { file })
  return openKey(session, given, file, only)
}

/** A private key of a file. @throws passphrase_missing, passphrase_wrong, key_malformed, algorithm_unsupported */
export async function openKey(session: Session, given: Given, file: string, found: Found): Promise<PrivateKey> {
  return (await tryKey(session, given, file, found)) ?? stop('option_missing', { option: '--passphrase-file' })
}

/** The same; undefined for an encrypted key without a passphrase. */
export async function tryKey(
  session: Session,
  given: Given,
  file: string,
  found: Found,
): Promise<PrivateKey | undefined> {
  if (!('der' in found)) return stop('key_missing', { file })
  if (found.kind !== 'encrypted private key') return importPrivateKey(found.der)
  const passphrase = await passphraseFor(session, given, file)
  return passphrase === undefined ? undefined : decryptPrivateKey(found.der, passphrase)
}
