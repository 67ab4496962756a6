import type { CommandGroup } from './command.ts'
import { keyConvert } from './key-convert.ts'
import { keyFingerprint } from './key-fingerprint.ts'
import { keyMatch } from './key-match.ts'
import { keyNew } from './key-new.ts'
import { keyPublic } from './key-public.ts'

/** `scel key`: keys by themselves. */
export const key: CommandGroup = {
  name: 'key',
  help: 'key',
  commands: [keyNew, keyPublic, keyFingerprint, keyMatch, keyConvert],
}
