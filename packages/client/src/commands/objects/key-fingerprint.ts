import { publicKeyFacts } from '@scel/files/certificates'
import { fromHex, toBase64, toHex } from '@scel/pki/bytes'
import { publicKeyFingerprint } from '@scel/pki/crypto'
import { keyIdentifier, publicKeyInfo } from '@scel/pki/x509'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { pairs } from '../../ui/table.ts'
import type { Command } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import { PKCS12_OPTIONS } from '../input/open-pkcs12.ts'
import { PASSPHRASE_OPTION } from '../input/passphrase.ts'
import type { Shell } from '../input/shell.ts'
import { onlyKey } from './only-key.ts'

/** `scel key fingerprint`: what the key is recognised by, in the forms that other programs print. */
export const keyFingerprint: Command = {
  arguments: [{ name: 'value_file', help: 'key_file', required: true }],
  options: [PASSPHRASE_OPTION, ...PKCS12_OPTIONS],
  run: runFingerprint,
}

async function runFingerprint(shell: Shell, given: Given): Promise<ExitCode> {
  const { voice } = shell
  const { spki } = await onlyKey(shell, given, 0)
  const fingerprint = await publicKeyFingerprint(spki)
  const pin = toBase64(fromHex(fingerprint)) // RFC 7469 §2.4
  const identifier = toHex(await keyIdentifier(spki))
  const { name } = await publicKeyFacts(publicKeyInfo(spki))
  voice.result({ key: name, fingerprint, pin, identifier }, () =>
    pairs([
      [voice.text('label_key'), name],
      [voice.text('label_fingerprint'), fingerprint],
      ['pin-sha256', pin],
      [voice.text('label_key_identifier'), identifier],
    ]),
  )
  return EXIT.done
}
