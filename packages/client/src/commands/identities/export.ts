import { pemEncode } from '@scel/pki/bytes'
import { buildCertificateBag } from '@scel/pki/cms'
import { writePkcs12 } from '@scel/pki/pkcs12'
import type { StoredIdentity } from '../../identities/identities.ts'
import { stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import type { Command } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import { identityMeant } from '../input/identity-meant.ts'
import type { Keys } from '../input/keys.ts'
import { checkOutput, deliver, OUTPUT_OPTIONS, type Product } from '../input/output.ts'
import { NEW_PASSPHRASE_OPTION, newPassphrase } from '../input/passphrase.ts'
import { kindFor, TARGETS } from '../input/pkcs12-target.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import { identityFacts } from './identity-facts.ts'

/** What is known of a certificate, in the forms in which it is handed to others: nothing of it is secret. */
const FORMS: Readonly<Record<string, (identity: StoredIdentity['identity']) => string | Uint8Array>> = {
  /** The certificate alone. */
  cer: ({ certificate }) => certificate,
  /** With the authorities between it and its root, which peers have or do not trust. */
  pem: ({ certificate, chain }) => [certificate, ...chain].map((der) => pemEncode('CERTIFICATE', der)).join(''),
  /** With all that stands above it, as it is known. */
  p7b: ({ certificate, chain, root }) =>
    buildCertificateBag({ certificates: [certificate, ...chain, ...(root ? [root] : [])], crls: [] }),
}

/** `scel export`: a certificate with its chain, and its private key where that is asked for. */
export const exportCommand: Command = {
  arguments: [{ name: 'value_name', help: 'export_name', required: false }],
  options: [
    { name: 'to', help: 'export_to', value: 'value_form', choices: Object.keys(FORMS) },
    { name: 'with-key', help: 'export_with_key' },
    { name: 'device', help: 'export_device', value: 'value_device', choices: TARGETS },
    { name: 'name', help: 'convert_name', value: 'value_text' },
    ...OUTPUT_OPTIONS,
    NEW_PASSPHRASE_OPTION,
  ],
  run: runExport,
}

async function runExport(session: Shell & State & Keys, given: Given): Promise<ExitCode> {
  const withKey = given.flag('with-key')
  if (withKey && given.text('to') !== undefined) stop('options_exclude', { one: '--to', other: '--with-key' })
  for (const option of ['device', 'name', NEW_PASSPHRASE_OPTION.name]) {
    if (!withKey && given.text(option) !== undefined)
      stop('option_needs', { option: `--${option}`, other: '--with-key' })
  }
  const stored = await identityMeant(session, given.argument(0))
  const facts = await identityFacts(stored.store, stored.identity, await session.desks.records(), session.now())
  const { name, subject, fingerprint } = facts
  const { product, form } = withKey ? await withItsKey(session, given, stored, name) : openly(given, stored)
  await deliver(session, given, product, { name, subject, fingerprint, ...form })
  return EXIT.done
}

interface Exported {
  readonly product: Product
  /** What --json says of the form. */
  readonly form: Readonly<Record<string, string>>
}

function openly(given: Given, { identity }: StoredIdentity): Exported {
  const to = given.text('to') ?? 'pem'
  const write = FORMS[to] ?? FORMS.pem!
  return { product: { content: write(identity), secret: false }, form: { to } }
}

/** @throws key_never_leaves, option_missing, passphrase_too_short, and what the store throws */
async function withItsKey(
  session: Shell,
  given: Given,
  { store, identity }: StoredIdentity,
  called: string,
): Promise<Exported> {
  if (!store.export) return stop('key_never_leaves', { place: identity.place })
  await checkOutput(session, given, { content: new Uint8Array(), secret: false })
  const kind = kindFor(given.text('device'))
  const passphrase = await newPassphrase(session, given)
  const { certificate, chain } = identity
  const content = await writePkcs12({
    ...{ key: await store.export(identity), certificate, chain, passphrase, kind },
    friendlyName: given.text('name') ?? called,
  })
  return { product: { content, secret: false }, form: { to: 'p12', kind } }
}
