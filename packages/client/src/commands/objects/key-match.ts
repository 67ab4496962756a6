import { equal } from '@scel/pki/bytes'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import type { Command } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import { PKCS12_OPTIONS } from '../input/open-pkcs12.ts'
import { PASSPHRASE_OPTION } from '../input/passphrase.ts'
import type { Shell } from '../input/shell.ts'
import { onlyKey } from './only-key.ts'

/** `scel key match`: whether two files are about the same key. */
export const keyMatch: Command = {
  arguments: [
    { name: 'value_key_file', help: 'key_match_one', required: true },
    { name: 'value_file', help: 'key_match_other', required: true },
  ],
  options: [PASSPHRASE_OPTION, ...PKCS12_OPTIONS],
  run: runMatch,
}

async function runMatch(shell: Shell, given: Given): Promise<ExitCode> {
  const one = await onlyKey(shell, given, 0)
  const other = await onlyKey(shell, given, 1)
  const matches = equal(one.spki, other.spki)
  shell.voice.result({ matches }, () => [shell.voice.plain(matches ? 'key_matches' : 'key_differs')])
  return matches ? EXIT.done : EXIT.failed
}
