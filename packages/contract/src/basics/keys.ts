import type { Static } from 'typebox'
import { oneOf } from './one-of.ts'

/** Subject keys the desk certifies, by the names of the library's key table. */
export const KeyChoice = oneOf(['rsa-2048', 'rsa-3072', 'rsa-4096', 'ec-p256', 'ec-p384'])
export type KeyChoice = Static<typeof KeyChoice>
export const KEY_CHOICES: readonly KeyChoice[] = KeyChoice.enum
/** Whether a name of the library's key table, which is longer, stands for a key that the desk certifies. */
export const isKeyChoice = (name: string | undefined): name is KeyChoice =>
  KEY_CHOICES.some((choice) => choice === name)
