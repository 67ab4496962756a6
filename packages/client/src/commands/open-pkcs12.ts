import { type Pkcs12, readPkcs12 } from '@scel/pki/pkcs12'
import { stop } from '../ui/cli-error.ts'
import type { Given } from './given.ts'
import { PASSPHRASE_OPTION, passphraseFor } from './passphrase.ts'
import type { Session } from './session.ts'

/** @throws option_missing without a passphrase, passphrase_wrong, pkcs12_malformed, algorithm_unsupported */
export async function openPkcs12(session: Session, given: Given, file: string, der: Uint8Array): Promise<Pkcs12> {
  const passphrase = await passphraseFor(session, given, file)
  return readPkcs12(der, passphrase ?? stop('option_missing', { option: `--${PASSPHRASE_OPTION.name}` }))
}
