import { openPkcs12, type Pkcs12Contents } from '@scel/pki/pkcs12'
import { stop } from '../../ui/cli-error.ts'
import type { CommandOption } from './command.ts'
import type { Given } from './given.ts'
import { firstLine, PASSPHRASE_OPTION, passphraseFor } from './passphrase.ts'
import type { Shell } from './shell.ts'

/** What a .p12 file may need besides its passphrase. */
export const PKCS12_OPTIONS: readonly CommandOption[] = [
  { name: 'key-passphrase-file', help: 'key_passphrase_file', value: 'value_file' },
  { name: 'allow-without-mac', help: 'allow_without_mac' },
]

/**
 * Everything in a .p12 file. Old ciphers are read: whoever has such a file needs what is in it, and is told.
 * @throws option_missing without a passphrase, passphrase_wrong, key_passphrase_wrong, pkcs12_mac_missing,
 *   pkcs12_malformed, algorithm_unsupported
 */
export async function openPkcs12File(
  shell: Shell,
  given: Given,
  file: string,
  der: Uint8Array,
): Promise<Pkcs12Contents> {
  const passphrase = await passphraseFor(shell, given, file)
  const forKey = given.text('key-passphrase-file')
  return openPkcs12(der, passphrase ?? stop('option_missing', { option: `--${PASSPHRASE_OPTION.name}` }), {
    ...(forKey === undefined ? {} : { keyPassphrase: await firstLine(shell, forKey) }),
    allowWithoutMac: given.flag('allow-without-mac'),
    dangerOldCiphers: true,
    dangerAnySize: true,
    signal: shell.outside.signal,
  })
}
