import { join } from 'node:path'
import { refuse } from '@scel/contract/errors'
import { isKeyChoice, type KeyChoice } from '@scel/contract/values'
import { fromBase64Url, toBase64Url } from '@scel/pki/bytes'
import { seal, unseal } from './key-encryption.ts'
import { isKeyId, KEY_ENDING } from './key-id.ts'
import { readOptional, writeSecret } from './secret-file.ts'

/** Where a key is that stays in a token, and what it is. It holds no secret. */
export interface TokenRecord {
  readonly spec: KeyChoice
  readonly spki: Uint8Array
  /** Label of the token. */
  readonly token: string
  /** Its serial number, where it has one. */
  readonly serial?: string
  /** CKA_ID of the key. */
  readonly object: Uint8Array
  /** Whether it is a root's. */
  readonly root: boolean
}

/** Records of keys in tokens, in the places where files would hold the keys. */
export interface TokenRecords {
  /** Undefined when the key is in a file, or nowhere. @throws DeskError authority_unavailable for a record that is not the desk's */
  read(keyId: string): Promise<TokenRecord | undefined>
  write(keyId: string, record: TokenRecord): Promise<void>
}

/** @param ring binds each record to its place and to what it says, as it does with keys: nobody else writes one */
export function tokenRecords(folder: string, ring: Uint8Array): TokenRecords {
  const pathOf = (keyId: string): string =>
    isKeyId(keyId) ? join(folder, `${keyId}${KEY_ENDING}`) : refuse('authority_unavailable', { purpose: 'key id' })
  return {
    read: async (keyId) => {
      const bytes = await readOptional(pathOf(keyId))
      if (!bytes || !isTokenRecord(bytes)) return undefined
      try {
        const { iv, sealed, ...said } = JSON.parse(Buffer.from(bytes).toString('utf8'))
        const { spec, token, serial, root } = said
        if (!isKeyChoice(spec) || typeof token !== 'string' || typeof root !== 'boolean') throw new Error('record')
        const record = {
          ...{ spec, token, root, spki: fromBase64Url(said.spki), object: fromBase64Url(said.object) },
          ...(serial !== undefined && { serial: String(serial) }),
        }
        unseal(ring, { iv: fromBase64Url(iv), sealed: fromBase64Url(sealed) }, aboutOf(keyId, record))
        return record
      } catch (error) {
        return refuse('authority_unavailable', { purpose: keyId }, error)
      }
    },
    write: async (keyId, record) => {
      const { iv, sealed } = seal(ring, new Uint8Array(0), aboutOf(keyId, record))
      const code = { iv: toBase64Url(iv), sealed: toBase64Url(sealed) }
      await writeSecret(pathOf(keyId), `${JSON.stringify({ format: FORMAT, ...textOf(record), ...code }, null, 2)}\n`)
    },
  }
}

/** Whether the file of a key says that it is in a token; whether the desk wrote that, its code tells. */
export const isTokenRecord = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes).toString('utf8', 0, 100).includes(FORMAT)

const textOf = ({ spec, spki, token, serial, object, root }: TokenRecord): Record<string, string | boolean> => ({
  ...{ spec, token, root },
  ...(serial !== undefined && { serial }),
  ...{ object: toBase64Url(object), spki: toBase64Url(spki) },
})

const aboutOf = (keyId: string, record: TokenRecord): string => JSON.stringify([FORMAT, keyId, textOf(record)])

const FORMAT = 'scel-key-in-token/1'
