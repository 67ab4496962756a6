import { join } from 'node:path'
import { namesIn } from '../state/files.ts'
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
  const listOf = async (desk: string): Promise<Identity[]> => {
    const found: Identity[] = []
    for (const name of await namesIn(join(root, desk))) {
      for (const key of (await namesIn(join(root, desk, name))).filter((entry) => KEY_ID.test(entry))) {
        const identity = await read({ desk, name }, key)
        if (identity) found.push(identity)
      }
    }
    return found
  }
  return {
    list: async () => (await Promise.all((await namesIn(root)).map(listOf))).flat(),
    find: async (desk, key) => (await listOf(desk)).find((identity) => identity.key === key),
  }
}
