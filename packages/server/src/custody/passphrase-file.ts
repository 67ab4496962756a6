import { utf8 } from '@scel/pki/bytes'
import { fail } from '@scel/pki/errors'
import { readPrivateFile } from './private-file.ts'

/**
 * The passphrase in a file: its text in NFC, without the line end.
 *
 * @throws those of `readPrivateFile`; PkiError passphrase_wrong when it is empty
 */
export async function readPassphrase(path: string): Promise<Uint8Array> {
  const text = (await readPrivateFile(path)).replace(/\r?\n$/, '')
  return text === '' ? fail('passphrase_wrong', {}) : passphraseBytes(text)
}

/** A passphrase as keys are derived from it: however it was typed, the same letters are the same bytes. @throws PkiError encoding_malformed */
export const passphraseBytes = (text: string): Uint8Array => utf8(text.normalize('NFC'))
