import { chmod, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { MarkKeeper } from '../core/high-water/mark.port.ts'
import type { RowCodes } from '../core/row-codes.ts'
import { type DeskKeys, deskKeys } from './desk-keys.ts'
import { fileSigners } from './file-signers.ts'
import { folderNotes } from './folder-notes.ts'
import { hasRootRing, openRing, type SecretSource } from './key-ring.ts'
import { markFile } from './mark-file.ts'
import { readPassphrase } from './passphrase-file.ts'
import { derivedKey, rowCodeKey, rowCodesUnder } from './row-codes.ts'
import { isMissing, sweepSecrets } from './secret-file.ts'
import { type TokenUris, tokenCustody } from './token-keys.ts'
import { tokenRecords } from './token-records.ts'

export interface KeysOptions extends SecretSource {
  /** Folder of the keys, 0700; one file `<keyId>.key` each, 0600. */
  readonly folder: string
  /** File with the passphrase of the roots; it may be away once they lie under it. */
  readonly rootPassphraseFile?: string
  /** Which keys are in tokens. @default none */
  readonly tokens?: TokenUris
}

/** All that the folder of keys gives the desk. */
export interface Keys {
  readonly signers: DeskKeys
  /** Roots' keys that this opening put under their own passphrase. */
  readonly rootsMoved: number
  readonly rowCodes: RowCodes
  /** Over the wishes of people, for what is made once. */
  readonly onceCodes: RowCodes
  /** How far the desk has come, beside the keys. */
  readonly mark: MarkKeeper
  /** What they are made with, for another thread of this process. */
  readonly rowCodeKey: Uint8Array
}

/**
 * Opens the desk's keys. The key that opens them is derived once, here.
 * @throws as `openRing`; DeskError root_passphrase_wrong
 */
export async function openKeys(options: KeysOptions): Promise<Keys> {
  const { folder } = options
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700) // it may have been there before, open to others
  for (const swept of new Set([folder, dirname(options.masterKeyFile)])) await sweepSecrets(swept)
  const ring = await openRing(folder, options)
  const signers = deskKeys(
    fileSigners(folder, ring),
    tokenRecords(folder, ring),
    await tokenCustody(options.tokens ?? {}),
  )
  const passphrase = await rootPassphraseOf(options)
  const rootsMoved = passphrase === undefined ? 0 : await signers.openRoots(passphrase)
  const codeKey = rowCodeKey(ring)
  return {
    signers,
    rootsMoved,
    rowCodes: rowCodesUnder(codeKey),
    rowCodeKey: codeKey,
    onceCodes: rowCodesUnder(derivedKey(ring, 'scel-once/1')),
    mark: markFile(join(folder, 'high-water.json'), derivedKey(ring, 'scel-high-water/1'), folderNotes(folder)),
  }
}

async function rootPassphraseOf({ folder, rootPassphraseFile: path }: KeysOptions): Promise<Uint8Array | undefined> {
  if (path === undefined) return undefined
  try {
    return await readPassphrase(path)
  } catch (error) {
    // It was taken away, as it should be.
    if (isMissing(error) && (await hasRootRing(folder))) return undefined
    throw error
  }
}

/** The signers alone. @throws as `openKeys` */
export const openFileSigners = async (options: KeysOptions): Promise<DeskKeys> => (await openKeys(options)).signers
