import { pemEncode } from '@scel/pki/bytes'
import { jwkOfSpki } from '@scel/pki/crypto'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import type { Command } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import { PKCS12_OPTIONS } from '../input/open-pkcs12.ts'
import { deliver, OUTPUT_OPTIONS } from '../input/output.ts'
import { PASSPHRASE_OPTION } from '../input/passphrase.ts'
import type { Shell } from '../input/shell.ts'
import { onlyKey } from './only-key.ts'

const WRITERS: Readonly<Record<string, (spki: Uint8Array) => string | Uint8Array>> = {
  pem: (spki) => pemEncode('PUBLIC KEY', spki),
  der: (spki) => spki,
  jwk: (spki) => `${JSON.stringify(jwkOfSpki(spki), null, 2)}\n`,
}

/** `scel key public`: the public key of whatever has one. */
export const keyPublic: Command = {
  arguments: [{ name: 'value_file', help: 'key_file', required: true }],
  options: [
    { name: 'to', help: 'key_public_to', value: 'value_form', choices: Object.keys(WRITERS), default: 'pem' },
    ...OUTPUT_OPTIONS,
    PASSPHRASE_OPTION,
    ...PKCS12_OPTIONS,
  ],
  run: runPublic,
}

async function runPublic(shell: Shell, given: Given): Promise<ExitCode> {
  const { spki } = await onlyKey(shell, given, 0)
  const to = given.text('to') ?? 'pem'
  const write = WRITERS[to] ?? WRITERS.pem!
  await deliver(shell, given, { content: write(spki), secret: false }, { to })
  return EXIT.done
}
