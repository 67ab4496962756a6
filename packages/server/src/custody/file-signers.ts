import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { refuse } from '@scel/contract/errors'
import { isKeyChoice } from '@scel/contract/values'
import { equal, fromBase64Url, toBase64Url } from '@scel/pki/bytes'
import { exportPrivateKey, generateKeyPair, importPrivateKey, type PrivateKey } from '@scel/pki/crypto'
import type { OwnKeySpec, RootCustody } from '../core/issuance/signer.port.ts'
import type { Custody } from './custody.ts'
import { type Sealed, seal, unseal } from './key-encryption.ts'
import { isKeyId, isRootKeyId, KEY_ENDING } from './key-id.ts'
import { hasRootRing, openRootRing } from './key-ring.ts'
import { signerOf } from './open-signer.ts'
import { readOptional, replaceSecret, writeSecret } from './secret-file.ts'
import { isTokenRecord } from './token-records.ts'

/**
 * The desk's keys in files, encrypted.
 * @param ring the key that opens them
 */
export function fileSigners(folder: string, ring: Uint8Array): Custody {
  let rootRing: Uint8Array | undefined

  const pathOf = (keyId: string): string =>
    isKeyId(keyId) ? join(folder, `${keyId}${KEY_ENDING}`) : refuse('authority_unavailable', { purpose: 'key id' })

  const load = async (keyId: string): Promise<Loaded> => {
    const bytes = (await readOptional(pathOf(keyId))) ?? refuse('authority_unavailable', { purpose: keyId })
    const stored = readStored(bytes, keyId)
    const opener = stored.ring === 'root' ? (rootRing ?? refuse('root_passphrase_needed', {})) : ring
    const pkcs8 = unseal(opener, stored, aboutOf(keyId, stored))
    try {
      const key = await importPrivateKey(pkcs8)
      if (key.spec !== stored.spec || !equal(key.publicKey, stored.spki))
        refuse('authority_unavailable', { purpose: keyId })
      return { stored, key }
    } finally {
      pkcs8.fill(0)
    }
  }

  const rootCustody = async (): Promise<RootCustody> => {
    if (rootRing) return 'open'
    return (await hasRootRing(folder)) ? 'away' : 'shared'
  }

  /** Seals for the file. */
  const sealed = (keyId: string, about: Omit<StoredKey, keyof Sealed>, pkcs8: Uint8Array, key: Uint8Array): string =>
    formatStored({ ...about, ...seal(key, pkcs8, aboutOf(keyId, about)) })

  const list = async (): Promise<string[]> =>
    (await readdir(folder)).filter((name) => name.endsWith(KEY_ENDING)).map((name) => name.slice(0, -KEY_ENDING.length))

  return {
    generate: async (keyId, spec, use) => {
      const [exportable, root] = [use === 'listener', use === 'root']
      const path = pathOf(keyId)
      const apart = root && (await rootCustody()) !== 'shared'
      const key = apart ? (rootRing ?? refuse('root_passphrase_needed', {})) : ring
      const { privateKey, publicKey: spki } = await generateKeyPair(spec)
      const pkcs8 = await exportPrivateKey(privateKey)
      const text = sealed(keyId, { spec, exportable, spki, ...(apart && { ring: 'root' as const }) }, pkcs8, key)
      pkcs8.fill(0)
      await writeSecret(path, text)
      return spki
    },
    rootCustody,
    openRoots: async (passphrase) => {
      const key = await openRootRing(folder, passphrase)
      rootRing = key
      let moved = 0
      for (const keyId of (await list()).filter(isRootKeyId)) {
        const bytes = (await readOptional(pathOf(keyId))) ?? new Uint8Array(0)
        if (isTokenRecord(bytes)) continue
        const stored = readStored(bytes, keyId)
        if (stored.ring === 'root') continue
        const pkcs8 = unseal(ring, stored, aboutOf(keyId, stored))
        try {
          const { spec, exportable, spki } = stored
          await replaceSecret(pathOf(keyId), sealed(keyId, { spec, exportable, spki, ring: 'root' }, pkcs8, key))
        } finally {
          pkcs8.fill(0)
        }
        moved++
      }
      return moved
    },
    closeRoots: () => {
      rootRing?.fill(0)
      rootRing = undefined
    },
    has: async (keyId) => (await readOptional(pathOf(keyId))) !== undefined,
    open: async (keyId) => {
      const { key } = await load(keyId)
      return signerOf(keyId, key)
    },
    lend: async (keyId) => {
      const { key } = await load(keyId)
      const exported = await exportPrivateKey(key)
      const pkcs8 = new Uint8Array(exported) // in memory of its own, which can go to another thread whole
      exported.fill(0)
      return { keyId, pkcs8 }
    },
    list,
    exportKey: async (keyId) => {
      const { stored, key } = await load(keyId)
      if (!stored.exportable) refuse('authority_unavailable', { purpose: keyId })
      return exportPrivateKey(key)
    },
  }
}

interface StoredKey extends Sealed {
  readonly spec: OwnKeySpec
  readonly exportable: boolean
  readonly spki: Uint8Array
  /** Under what it lies: the key that opens all, or the roots' own. @default all */
  readonly ring?: 'root'
}

interface Loaded {
  readonly stored: StoredKey
  readonly key: PrivateKey
}

/** What the tag binds: the file's name and everything in it that is readable. */
const aboutOf = (keyId: string, { spec, exportable, ring }: Pick<StoredKey, 'spec' | 'exportable' | 'ring'>): string =>
  [FORMAT, keyId, spec, exportable ? 'exportable' : 'fixed', ...(ring ? [ring] : [])].join('\n')

const formatStored = ({ spec, exportable, spki, ring, iv, sealed }: StoredKey): string => {
  const bytes = { spki: toBase64Url(spki), iv: toBase64Url(iv), sealed: toBase64Url(sealed) }
  return `${JSON.stringify({ format: FORMAT, spec, exportable, ...(ring && { ring }), ...bytes }, null, 2)}\n`
}

function readStored(bytes: Uint8Array, keyId: string): StoredKey {
  try {
    const { format, spec, exportable, ring, spki, iv, sealed } = JSON.parse(Buffer.from(bytes).toString('utf8'))
    if (format !== FORMAT || !(isKeyChoice(spec) || spec === 'ed25519') || typeof exportable !== 'boolean')
      throw new Error('format')
    if (ring !== undefined && ring !== 'root') throw new Error('ring')
    const read = { spki: fromBase64Url(spki), iv: fromBase64Url(iv), sealed: fromBase64Url(sealed) }
    return { spec, exportable, ...(ring && { ring }), ...read }
  } catch (error) {
    return refuse('authority_unavailable', { purpose: keyId }, error)
  }
}

const FORMAT = 'scel-key/1'
