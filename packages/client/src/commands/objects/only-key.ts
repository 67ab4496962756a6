import { stop } from '../../ui/cli-error.ts'
import type { Given } from '../input/given.ts'
import { type Item, readMaterial } from '../input/material.ts'
import type { Shell } from '../input/shell.ts'
import { spkiOf } from './jwk.ts'

/**
 * The key that the file of an argument is about: its private key where there is one, else that of its first object
 * (a certificate before the authorities above it).
 * @throws public_key_missing, and what reading and opening throw
 */
export async function onlyKey(shell: Shell, given: Given, index: number): Promise<{ spki: Uint8Array; item: Item }> {
  const file = given.argument(index) ?? stop('argument_missing', { argument: 'FILE' })
  const { items } = await readMaterial(shell, given, file)
  const item = items.find(({ kind }) => kind === 'private key') ?? items[0] ?? stop('nothing_to_use', { file })
  return { spki: spkiOf(item), item }
}
