import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { refuse } from '@scel/contract/errors'
import { isKeyChoice, type KeyChoice } from '@scel/contract/values'
import { equal, fromBase64Url, toBase64Url } from '@scel/pki/bytes'
import { exportPrivateKey, generateKeyPair, importPrivateKey, type PrivateKey } from '@scel/pki/crypto'
import type { Signers } from '../core/issuance/signer.port.ts'
import { type Sealed, seal, unseal } from './key-encryption.ts'
import type { LentKey } from './lent-signers.ts'
import { signerOf } from './open-signer.ts'
import { readOptional, writeSecret } from './secret-file.ts'

/** The desk's keys in files. */
export interface FileSigners extends Signers {
  /**
   * A key for a thread of this process that is to sign with it and with no other. Whoever takes it erases the bytes.
   * @throws DeskError authority_unavailable when there is no such key or it does not open
   */
  lend(keyId: string): Promise<LentKey>
  /** Names of all keys, in no order. */
  list(): Promise<string[]>
}

/**
 * The desk's keys in files, encrypted.
 * @param ring the key that opens them
 */
export function fileSigners(folder: string, ring: Uint8Array): FileSigners {
  const pathOf = (keyId: string): string =>
    KEY_ID.test(keyId) ? join(folder, `${keyId}${ENDING}`) : refuse('authority_unavailable', { purpose: 'key id' })

  const load = async (keyId: string): Promise<Loaded> => {
    const bytes = (await readOptional(pathOf(keyId))) ?? refuse('authority_unavailable', { purpose: keyId })
    const stored = readStored(bytes, keyId)
    const pkcs8 = unseal(ring, stored, aboutOf(keyId, stored))
    try {
      const key = await importPrivateKey(pkcs8)
      if (key.spec !== stored.spec || !equal(key.publicKey, stored.spki))
        refuse('authority_unavailable', { purpose: keyId })
      return { stored, key }
    } finally {
      pkcs8.fill(0)
    }
  }

  return {
    generate: async (keyId, spec, { exportable = false } = {}) => {
      const path = pathOf(keyId)
      const { privateKey, publicKey: spki } = await generateKeyPair(spec)
      const pkcs8 = await exportPrivateKey(privateKey)
      const sealed = seal(ring, pkcs8, aboutOf(keyId, { spec, exportable }))
      pkcs8.fill(0)
      await writeSecret(path, formatStored({ spec, exportable, spki, ...sealed }))
      return spki
    },
    has: async (keyId) => (await readOptional(pathOf(keyId))) !== undefined,
    open: async (keyId) => {
      const { stored, key } = await load(keyId)
      return signerOf(keyId, stored.spec, key)
    },
    lend: async (keyId) => {
      const { stored, key } = await load(keyId)
      const exported = await exportPrivateKey(key)
      const pkcs8 = exported.slice() // in memory of its own, which can go to another thread whole
      exported.fill(0)
      return { keyId, spec: stored.spec, pkcs8 }
    },
    list: async () =>
      (await readdir(folder)).filter((name) => name.endsWith(ENDING)).map((name) => name.slice(0, -ENDING.length)),
    exportKey: async (keyId) => {
      const { stored, key } = await load(keyId)
      if (!stored.exportable) refuse('authority_unavailable', { purpose: keyId })
      return exportPrivateKey(key)
    },
  }
}

interface StoredKey extends Sealed {
  readonly spec: KeyChoice
  readonly exportable: boolean
  readonly spki: Uint8Array
}

interface Loaded {
  readonly stored: StoredKey
  readonly key: PrivateKey
}

/** What the tag binds: the file's name and everything in it that is readable. */
const aboutOf = (keyId: string, { spec, exportable }: Pick<StoredKey, 'spec' | 'exportable'>): string =>
  [FORMAT, keyId, spec, exportable ? 'exportable' : 'fixed'].join('\n')

const formatStored = ({ spec, exportable, spki, iv, sealed }: StoredKey): string =>
  `${JSON.stringify(
    { format: FORMAT, spec, exportable, spki: toBase64Url(spki), iv: toBase64Url(iv), sealed: toBase64Url(sealed) },
    null,
    2,
  )}\n`

function readStored(bytes: Uint8Array, keyId: string): StoredKey {
  try {
    const { format, spec, exportable, spki, iv, sealed } = JSON.parse(Buffer.from(bytes).toString('utf8'))
    if (format !== FORMAT || !isKeyChoice(spec) || typeof exportable !== 'boolean') throw new Error('format')
    return { spec, exportable, spki: fromBase64Url(spki), iv: fromBase64Url(iv), sealed: fromBase64Url(sealed) }
  } catch (error) {
    return refuse('authority_unavailable', { purpose: keyId }, error)
  }
}

const FORMAT = 'scel-key/1'
const ENDING = '.key'
// Names of files on every platform; never a path.
const KEY_ID = /^[A-Za-z0-9_-]{1,100}$/
