import { refuse } from '@scel/contract/errors'
import type { RootCustody } from '../core/issuance/signer.port.ts'
import type { Custody } from './custody.ts'
import { isRootKeyId } from './key-id.ts'
import type { TokenCustody } from './token-keys.ts'
import type { TokenRecords } from './token-records.ts'

/** The desk's keys: in files, and in tokens where the operator wants some there. A key stays where it was made. */
export interface DeskKeys extends Custody {
  /** Looks at the tokens of daily work. @throws DeskError token_unavailable */
  requireTokens(): Promise<void>
  /** Logs out of them. */
  close(): void
}

/** @param tokens by the configuration; @param records say of each key whether it is in one */
export function deskKeys(files: Custody, records: TokenRecords, tokens: TokenCustody): DeskKeys {
  /** Of the custodies that have a root's key, or would be given one. */
  const rootCustodies = async (): Promise<readonly RootCustody[]> => {
    let [inFiles, inToken] = [false, false]
    for (const keyId of await files.list()) {
      if (!isRootKeyId(keyId)) continue
      if (await records.read(keyId)) inToken = true
      else inFiles = true
    }
    const takes = tokens.takes('root')
    return [
      ...(inFiles || !takes ? [await files.rootCustody()] : []),
      ...(takes ? [tokens.rootCustody()] : inToken ? (['away'] as const) : []),
    ]
  }

  return {
    ...files,
    generate: async (keyId, spec, use) => {
      if (spec === 'ed25519' || !tokens.takes(use)) return files.generate(keyId, spec, use)
      const record = await tokens.generate(keyId, spec, use)
      await records.write(keyId, record)
      return record.spki
    },
    open: async (keyId) => {
      const record = await records.read(keyId)
      return record ? tokens.open(keyId, record) : files.open(keyId)
    },
    lend: async (keyId) => {
      const record = await records.read(keyId)
      return record ? { keyId, spki: record.spki, token: record.token } : files.lend(keyId)
    },
    exportKey: async (keyId) =>
      (await records.read(keyId)) ? refuse('authority_unavailable', { purpose: keyId }) : files.exportKey(keyId),
    rootCustody: async () => {
      const found = await rootCustodies()
      return found.find((one) => one === 'away') ?? found.find((one) => one === 'open') ?? 'shared'
    },
    openRoots: async (secret) => {
      if (tokens.rootCustody() !== 'away') return files.openRoots(secret)
      await tokens.openRoots(secret)
      return 0
    },
    closeRoots: () => {
      files.closeRoots()
      tokens.closeRoots()
    },
    requireTokens: () => tokens.look(),
    close: () => tokens.close(),
  }
}
