import { join } from 'node:path'
import { isPkiError } from '@scel/pki/errors'
import { namesIn } from '../state/files.ts'
import { isCliError } from '../ui/cli-error.ts'
import { KEY_ID } from './file-layout.ts'
import type { Holder, Identity, KeyStore } from './key-store.ts'

/**
 * What a store has whose folders lie as `file-layout.ts` draws them.
 * @param read what lies in the folder of one key; undefined where that is no identity
 */
export function identitiesBelow(
  root: string,
  read: (holder: Holder, key: string) => Promise<Identity | undefined>,
): Pick<KeyStore, 'list' | 'find'> {
  const keysOf = async (desk: string): Promise<{ holder: Holder; key: string }[]> => {
    const found: { holder: Holder; key: string }[] = []
    for (const name of await namesIn(join(root, desk))) {
      const keys = (await namesIn(join(root, desk, name))).filter((entry) => KEY_ID.test(entry))
      found.push(...keys.map((key) => ({ holder: { desk, name }, key })))
    }
    return found
  }
  return {
    list: async (unreadable) => {
      const found: Identity[] = []
      for (const { holder, key } of (await Promise.all((await namesIn(root)).map(keysOf))).flat()) {
        try {
          const identity = await read(holder, key)
          if (identity) found.push(identity)
        } catch (error) {
          if (!unreadable || !(isPkiError(error) || (isCliError(error) && DAMAGED.has(error.code)))) throw error
          unreadable(error, join(root, holder.desk, holder.name, key))
        }
      }
      return found
    },
    find: async (desk, key) => {
      for (const one of await keysOf(desk)) {
        const identity = one.key === key ? await read(one.holder, key) : undefined
        if (identity) return identity
      }
      return undefined
    },
  }
}

/** Of one key, and of no other. */
const DAMAGED: ReadonlySet<string> = new Set(['key_file_malformed', 'file_too_large'])
