import { stop } from '../../ui/cli-error.ts'
import type { Given } from '../input/given.ts'
import { type Item, readMaterial } from '../input/material.ts'
import type { Session } from '../input/session.ts'
import { spkiOf } from './jwk.ts'

/**
 * The key that the file of an argument is about: its private key where there is one, else that of its first object
 * (a certificate before the authorities above it).
 * @throws public_key_missing, and what reading and opening throw
 */
export async function onlyKey(
  session: Session,
  given: Given,
  index: number,
): Promise<{ spki: Uint8Array; item: Item }> {
  const file = given.argument(index) ?? stop('argument_missing', { argument: 'FILE' })
  const { items } = await readMaterial(session, given, file)
  const item = items.find(({ kind }) => kind === 'private key') ?? items[0] ?? stop('nothing_to_use', { file })
  return { spki: spkiOf(item), item }
}
