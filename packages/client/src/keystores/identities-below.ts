import { join } from 'node:path'
import { isPkiError } from '@scel/pki/errors'
import { namesIn } from '../state/files.ts'
import { isCliError } from '../ui/cli-error.ts'
import { IMPORTED, isDeskFolder, KEY_ID, keyFolder } from './file-layout.ts'
import type { DeskHolder, Identity, KeyStore } from './key-store.ts'

/**
 * What a store has whose folders lie as `file-layout.ts` draws them.
 * @param read what lies in the folder of one key, of a holder at a desk or of one that came from elsewhere; undefined where that is no identity
 */
export function identitiesBelow(
  root: string,
  read: (holder: DeskHolder | undefined, key: string) => Promise<Identity | undefined>,
): Pick<KeyStore, 'list' | 'find'> {
  const keysIn = async (folder: string): Promise<string[]> =>
    (await namesIn(folder)).filter((entry) => KEY_ID.test(entry))
  const keysOf = async (desk: string | undefined): Promise<{ holder: DeskHolder | undefined; key: string }[]> => {
    if (desk === undefined) return (await keysIn(join(root, IMPORTED))).map((key) => ({ holder: undefined, key }))
    const found: { holder: DeskHolder; key: string }[] = []
    for (const name of isDeskFolder(desk) ? await namesIn(join(root, desk)) : []) {
      found.push(...(await keysIn(join(root, desk, name))).map((key) => ({ holder: { desk, name }, key })))
    }
    return found
  }
  return {
    list: async (unreadable) => {
      const found: Identity[] = []
      const owners = [...(await namesIn(root)), undefined]
      for (const { holder, key } of (await Promise.all(owners.map(keysOf))).flat()) {
        try {
          const identity = await read(holder, key)
          if (identity) found.push(identity)
        } catch (error) {
          if (!unreadable || !(isPkiError(error) || (isCliError(error) && DAMAGED.has(error.code)))) throw error
          unreadable(error, keyFolder(root, holder, key))
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
