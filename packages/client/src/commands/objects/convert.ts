import { stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import type { Command } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import { type Item, readMaterial } from '../input/material.ts'
import { PKCS12_OPTIONS } from '../input/open-pkcs12.ts'
import { deliver, OUTPUT_OPTIONS, SHOW_OPTION } from '../input/output.ts'
import { NEW_PASSPHRASE_OPTION, PASSPHRASE_OPTION } from '../input/passphrase.ts'
import { TARGETS } from '../input/pkcs12-target.ts'
import type { Shell } from '../input/shell.ts'
import { type Form, PRODUCTS } from './convert-products.ts'

const FORMS = Object.keys(PRODUCTS) as Form[]

/** `scel convert`: the same certificates and keys in another form. */
export const convert: Command = {
  arguments: [{ name: 'value_file', help: 'convert_file', required: true }],
  options: [
    { name: 'to', help: 'convert_to', value: 'value_form', choices: FORMS },
    ...OUTPUT_OPTIONS,
    { name: 'key', help: 'convert_key', value: 'value_file' },
    { name: 'chain', help: 'convert_chain', value: 'value_file', many: true },
    { name: 'for', help: 'convert_for', value: 'value_device', choices: TARGETS },
    { name: 'name', help: 'convert_name', value: 'value_text' },
    { name: 'trust-store', help: 'convert_trust_store' },
    PASSPHRASE_OPTION,
    ...PKCS12_OPTIONS,
    NEW_PASSPHRASE_OPTION,
    SHOW_OPTION,
  ],
  run: runConvert,
}

async function runConvert(shell: Shell, given: Given): Promise<ExitCode> {
  const file = given.argument(0) ?? stop('argument_missing', { argument: 'FILE' })
  const to = FORMS.find((form) => form === given.text('to')) ?? stop('form_missing', { expected: FORMS.join(', ') })
  const { items, friendlyName } = await readMaterial(shell, given, file)
  const all: Item[] = [...items]
  for (const more of [...(given.text('key') === undefined ? [] : [given.required('key')]), ...given.list('chain')]) {
    all.push(...(await readMaterial(shell, given, more)).items)
  }
  const { product, facts } = await PRODUCTS[to]({
    shell,
    given,
    file,
    items: all,
    ...(friendlyName === undefined ? {} : { friendlyName }),
  })
  await deliver(shell, given, product, { to, ...facts })
  return EXIT.done
}
