import { KEY_SPECS, type KeySpec } from '@scel/pki/algorithms'
import { pemEncode } from '@scel/pki/bytes'
import { encryptPrivateKey, exportPrivateKey, generateKeyPair, publicKeyFingerprint } from '@scel/pki/crypto'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import type { Command, CommandOption } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import { checkOutput, deliver, OUTPUT_OPTIONS, SHOW_OPTION } from '../input/output.ts'
import { NEW_PASSPHRASE_OPTION, newPassphrase } from '../input/passphrase.ts'
import type { Shell } from '../input/shell.ts'

const SPECS = Object.keys(KEY_SPECS) as KeySpec[]

/** The kind of a key that is made. */
export const TYPE_OPTION: CommandOption = {
  name: 'type',
  help: 'key_type',
  value: 'value_kind',
  choices: SPECS,
  default: 'ec-p256',
}

export const specOf = (given: Given): KeySpec => SPECS.find((spec) => spec === given.text('type')) ?? 'ec-p256'

/** `scel key new`: a new private key, PKCS #8 PEM. */
export const keyNew: Command = {
  arguments: [],
  options: [
    TYPE_OPTION,
    { name: 'encrypt', help: 'key_encrypt' },
    NEW_PASSPHRASE_OPTION,
    ...OUTPUT_OPTIONS,
    SHOW_OPTION,
  ],
  run: runNew,
}

async function runNew(shell: Shell, given: Given): Promise<ExitCode> {
  const encrypted = given.flag('encrypt') || given.text(NEW_PASSPHRASE_OPTION.name) !== undefined
  await checkOutput(shell, given, { content: '', secret: !encrypted }) // before the passphrase is asked for
  const passphrase = encrypted ? await newPassphrase(shell, given) : undefined
  const type = specOf(given)
  const { privateKey, publicKey } = await generateKeyPair(type)
  const content =
    passphrase === undefined
      ? pemEncode('PRIVATE KEY', await exportPrivateKey(privateKey))
      : pemEncode('ENCRYPTED PRIVATE KEY', await encryptPrivateKey(privateKey, passphrase))
  const facts = { type, encrypted, fingerprint: await publicKeyFingerprint(publicKey) }
  await deliver(shell, given, { content, secret: !encrypted }, facts)
  return EXIT.done
}
