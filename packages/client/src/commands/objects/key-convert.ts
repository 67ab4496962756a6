import { pemEncode } from '@scel/pki/bytes'
import {
  encryptPrivateKey,
  exportPrivateKey,
  jwkOfPrivateKey,
  type PrivateKeyForm,
  pkcs1OfPrivateKey,
  sec1OfPrivateKey,
} from '@scel/pki/crypto'
import { hasCode } from '@scel/pki/errors'
import { stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import type { Command } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import type { LooseKey } from '../input/open-key.ts'
import { PKCS12_OPTIONS } from '../input/open-pkcs12.ts'
import { checkOutput, deliver, OUTPUT_OPTIONS, SHOW_OPTION } from '../input/output.ts'
import { NEW_PASSPHRASE_OPTION, newPassphrase, PASSPHRASE_OPTION } from '../input/passphrase.ts'
import type { Shell } from '../input/shell.ts'
import { onlyKey } from './only-key.ts'

interface Encoding {
  readonly form?: PrivateKeyForm
  /** Asked for by the forms that are encrypted. */
  readonly passphrase: () => Promise<string>
}

const WRITERS: Readonly<Record<string, (key: LooseKey, encoding: Encoding) => Promise<string | Uint8Array>>> = {
  pkcs8: async (key, { form }) => pemEncode('PRIVATE KEY', await exportPrivateKey(key, form ? { form } : {})),
  'pkcs8-der': (key, { form }) => exportPrivateKey(key, form ? { form } : {}),
  encrypted: async (key, { form, passphrase }) =>
    pemEncode('ENCRYPTED PRIVATE KEY', await encryptPrivateKey(key, await passphrase(), form ? { form } : {})),
  pkcs1: async (key) => pemEncode('RSA PRIVATE KEY', await pkcs1OfPrivateKey(key)),
  sec1: async (key) => pemEncode('EC PRIVATE KEY', await sec1OfPrivateKey(key)),
  jwk: async (key) => `${JSON.stringify(await jwkOfPrivateKey(key), null, 2)}\n`,
}

const FORMS: readonly PrivateKeyForm[] = ['seed', 'expanded', 'both']

/** `scel key convert`: a private key in another form. */
export const keyConvert: Command = {
  arguments: [{ name: 'value_file', help: 'key_file', required: true }],
  options: [
    { name: 'to', help: 'key_convert_to', value: 'value_form', choices: Object.keys(WRITERS), default: 'pkcs8' },
    { name: 'form', help: 'key_form', value: 'value_form', choices: FORMS },
    PASSPHRASE_OPTION,
    ...PKCS12_OPTIONS,
    NEW_PASSPHRASE_OPTION,
    ...OUTPUT_OPTIONS,
    SHOW_OPTION,
  ],
  run: runConvert,
}

async function runConvert(shell: Shell, given: Given): Promise<ExitCode> {
  const to = given.text('to') ?? 'pkcs8'
  const secret = to !== 'encrypted'
  await checkOutput(shell, given, { content: '', secret })
  const { item } = await onlyKey(shell, given, 0)
  if (item.kind !== 'private key') return stop('key_missing', { file: given.argument(0) ?? '' })
  const write = WRITERS[to] ?? WRITERS.pkcs8!
  const form = FORMS.find((one) => one === given.text('form'))
  const encoding: Encoding = { ...(form ? { form } : {}), passphrase: () => newPassphrase(shell, given) }
  const content = await write(item.key, encoding).catch((error: unknown) => {
    if (hasCode(error, 'key_mismatch')) return stop('form_not_for_key', { key: item.key.kind, form: to })
    if (hasCode(error, 'key_malformed') && form === 'seed') return stop('seed_gone')
    throw error
  })
  await deliver(shell, given, { content, secret }, { to, ...(form ? { form } : {}) })
  return EXIT.done
}
