import { type FoundObject, isPrivateKey } from '@scel/files/objects'
import { type AnyPrivateKey, type PrivateKey, readPrivateKey } from '@scel/pki/crypto'
import { fail } from '@scel/pki/errors'
import { stop } from '../../ui/cli-error.ts'
import type { Given } from './given.ts'
import { PASSPHRASE_OPTION, passphraseFor } from './passphrase.ts'
import type { Shell } from './shell.ts'

/** A private key of a file, of any size: for looking at it and for writing it down otherwise. */
export type LooseKey = PrivateKey | AnyPrivateKey

/** @throws option_missing, passphrase_wrong, key_malformed, algorithm_unsupported */
export async function openKey(shell: Shell, given: Given, file: string, found: FoundObject): Promise<LooseKey> {
  return (await tryKey(shell, given, file, found)) ?? stop('option_missing', { option: `--${PASSPHRASE_OPTION.name}` })
}

/** The same; undefined for an encrypted key when nobody can be asked for its passphrase. */
export async function tryKey(
  shell: Shell,
  given: Given,
  file: string,
  found: FoundObject,
): Promise<LooseKey | undefined> {
  if (!isPrivateKey(found)) return stop('key_missing', { file })
  if (found.kind === 'jwk') return readPrivateKey(found.text, ANY_SIZE)
  if (found.kind !== 'encrypted private key') return readPrivateKey(found.der, ANY_SIZE)
  const passphrase = await passphraseFor(shell, given, file)
  return passphrase === undefined ? undefined : readPrivateKey(found.der, { ...ANY_SIZE, passphrase })
}

/** A key to work with: of a kind that scel makes. @throws key_malformed */
export const usable = (key: LooseKey): PrivateKey => (isUsable(key) ? key : fail('key_malformed', { what: 'key size' }))

export const isUsable = (key: LooseKey): key is PrivateKey => key.spec !== undefined

const ANY_SIZE = { dangerAnySize: true } as const
