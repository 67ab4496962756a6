import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { refuse } from '@scel/contract/errors'
import { fromBase64Url, toBase64Url } from '@scel/pki/bytes'
import { fail } from '@scel/pki/errors'
import { type Derivation, deriveKey, newDerivation, seal, unseal } from './key-encryption.ts'
import { readPassphrase } from './passphrase-file.ts'
import { isTaken, readOptional, writeSecret } from './secret-file.ts'

/** Where the secret comes from that opens the keys. */
export interface SecretSource {
  /** Random key, made at first use when there is no passphrase. */
  readonly masterKeyFile: string
  readonly passphraseFile?: string
}

/**
 * The key-encryption key of a folder. What it is derived with stands in `ring.json`, made once; a sealed word in it tells
 * a wrong passphrase at once.
 * @throws PkiError passphrase_wrong; DeskError authority_unavailable when the secret is missing or the file is not ours,
 *   key_ring_missing when keys lie there without it, passphrase_file_exposed
 */
export async function openRing(folder: string, source: SecretSource): Promise<Uint8Array> {
  const path = join(folder, 'ring.json')
  const stored = await readOptional(path)
  if (!stored) {
    // A new ring beside old keys would open none of them, and would stand in the way of the one that does.
    if ((await readdir(folder)).some((name) => name.endsWith('.key'))) refuse('key_ring_missing', { path: folder })
    const derivation = newDerivation()
    const kind = source.passphraseFile === undefined ? 'master-key' : 'passphrase'
    const key = await deriveKey(await secretOf(kind, source, true), derivation)
    try {
      await writeSecret(path, `${JSON.stringify(ringOf(kind, derivation, key, CHECK), null, 2)}\n`)
      return key
    } catch (error) {
      if (!isTaken(error)) throw error
      return openRing(folder, source) // another process made one at the same time: there is one
    }
  }
  const ring = readRing(stored)
  const key = await deriveKey(await secretOf(ring.secret, source, false), ring.derivation)
  unseal(key, ring.check, CHECK)
  return key
}

/** Whether the roots' keys lie under a passphrase of their own. */
export const hasRootRing = async (folder: string): Promise<boolean> =>
  (await readOptional(join(folder, ROOT_RING))) !== undefined

/**
 * The key-encryption key of the roots, from a passphrase alone. What it is derived with stands in `root-ring.json`, made at
 * the first use.
 * @throws DeskError root_passphrase_wrong, passphrase_file_exposed; authority_unavailable when the file is not ours
 */
export async function openRootRing(folder: string, passphrase: Uint8Array): Promise<Uint8Array> {
  const path = join(folder, ROOT_RING)
  const stored = await readOptional(path)
  if (!stored) {
    const derivation = newDerivation()
    const key = await deriveKey(passphrase, derivation)
    try {
      await writeSecret(path, `${JSON.stringify(ringOf('passphrase', derivation, key, ROOT_CHECK), null, 2)}\n`)
      return key
    } catch (error) {
      key.fill(0)
      if (!isTaken(error)) throw error
      return openRootRing(folder, passphrase)
    }
  }
  const ring = readRing(stored)
  const key = await deriveKey(passphrase, ring.derivation)
  try {
    unseal(key, ring.check, ROOT_CHECK)
  } catch (error) {
    key.fill(0)
    refuse('root_passphrase_wrong', {}, error)
  }
  return key
}

type SecretKind = 'passphrase' | 'master-key'

async function secretOf(kind: SecretKind, source: SecretSource, first: boolean): Promise<Uint8Array> {
  if (kind === 'passphrase') {
    // The keys lie under a passphrase, and the start named no file with it.
    if (source.passphraseFile === undefined) return refuse('authority_unavailable', { purpose: 'passphrase file' })
    return readPassphrase(source.passphraseFile)
  }
  const found = await readOptional(source.masterKeyFile)
  if (found) return found.length === MASTER_BYTES ? found : fail('passphrase_wrong', {})
  // Keys without the file that opens them: making a new one would only hide the loss.
  if (!first) return refuse('authority_unavailable', { purpose: 'master key file' })
  const made = randomBytes(MASTER_BYTES)
  try {
    await writeSecret(source.masterKeyFile, made)
    return made
  } catch (error) {
    if (!isTaken(error)) throw error
    return secretOf(kind, source, false)
  }
}

const ringOf = (
  secret: SecretKind,
  { salt, ...cost }: Derivation,
  key: Uint8Array,
  about: string,
): Record<string, unknown> => {
  const check = seal(key, new Uint8Array(0), about)
  return {
    format: FORMAT,
    secret,
    argon2id: { salt: toBase64Url(salt), ...cost },
    check: { iv: toBase64Url(check.iv), sealed: toBase64Url(check.sealed) },
  }
}

function readRing(bytes: Uint8Array): {
  secret: SecretKind
  derivation: Derivation
  check: { iv: Uint8Array; sealed: Uint8Array }
} {
  try {
    const { format, secret, argon2id, check } = JSON.parse(Buffer.from(bytes).toString('utf8'))
    const { salt, memory, passes, parallelism } = argon2id
    if (format !== FORMAT || (secret !== 'passphrase' && secret !== 'master-key')) throw new Error('format')
    if (![memory, passes, parallelism].every((value) => Number.isInteger(value) && value > 0)) throw new Error('cost')
    return {
      secret,
      derivation: { salt: fromBase64Url(salt), memory, passes, parallelism },
      check: { iv: fromBase64Url(check.iv), sealed: fromBase64Url(check.sealed) },
    }
  } catch (error) {
    return refuse('authority_unavailable', { purpose: 'ring.json' }, error)
  }
}

const FORMAT = 'scel-ring/1'
const CHECK = 'scel-ring/1 check'
const ROOT_RING = 'root-ring.json'
const ROOT_CHECK = 'scel-ring/1 check of roots'
const MASTER_BYTES = 32
