// Where the product of a command goes: to a file of its own, or to standard output. A private key reaches a terminal
// only when that is asked for, and no file is written over unless that is asked for.

import { checkTarget, writeNew, writePrivate } from '../../state/files.ts'
import { stop } from '../../ui/cli-error.ts'
import type { CommandOption } from './command.ts'
import type { Given } from './given.ts'
import type { Shell } from './shell.ts'

export const OUTPUT_OPTIONS: readonly CommandOption[] = [
  { name: 'out', short: 'o', help: 'out', value: 'value_file' },
  { name: 'force', help: 'force' },
]

/** For products that may hold a private key. */
export const SHOW_OPTION: CommandOption = { name: 'show', help: 'show' }

export interface Product {
  readonly content: string | Uint8Array
  /** Whether it holds a private key that no passphrase protects. */
  readonly secret: boolean
}

/**
 * Refuses before work is done, and before questions are asked, what `deliver` would refuse after it.
 * @throws secret_on_terminal, binary_on_terminal, file_exists
 */
export async function checkOutput({ outside }: Shell, given: Given, { content, secret }: Product): Promise<void> {
  const file = given.text('out')
  if (file !== undefined) return checkTarget(file, given.flag('force'))
  if (outside.columns === undefined) return
  if (secret && !given.flag('show')) stop('secret_on_terminal')
  if (typeof content !== 'string') stop('binary_on_terminal')
}

/**
 * Hands out the product. `facts` go into the document of --json, beside `file` or `content` (text, or base64).
 * @throws secret_on_terminal, binary_on_terminal, file_exists, file_unwritable, disk_full
 */
export async function deliver(shell: Shell, given: Given, product: Product, facts: object): Promise<void> {
  await checkOutput(shell, given, product)
  const { voice, outside } = shell
  const file = given.text('out')
  if (file === undefined) {
    const { content } = product
    if (!voice.json) return outside.out(content)
    const text = typeof content === 'string' ? content : Buffer.from(content).toString('base64')
    return voice.result({ ...facts, content: text }, () => [])
  }
  await (given.flag('force') ? writePrivate : writeNew)(file, product.content)
  voice.result({ ...facts, file }, () => [])
  voice.say('written', { file })
}
