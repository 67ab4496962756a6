import { stop } from '../../ui/cli-error.ts'
import { terminalPrompts } from '../../ui/prompts.ts'
import type { CommandOption } from './command.ts'
import type { Given } from './given.ts'
import { readInput } from './input.ts'
import type { Shell } from './shell.ts'

/** The passphrase of a file that is read. */
export const PASSPHRASE_OPTION: CommandOption = {
  name: 'passphrase-file',
  help: 'passphrase_file',
  value: 'value_file',
}

/** The passphrase of a file that is written. */
export const NEW_PASSPHRASE_OPTION: CommandOption = {
  name: 'new-passphrase-file',
  help: 'new_passphrase_file',
  value: 'value_file',
}

/**
 * The passphrase that opens `file`: from the file named by the option, else asked for. Expectations once for each file, kept
 * for none. Undefined when nobody can be asked.
 */
export async function passphraseFor(shell: Shell, given: Given, file: string): Promise<string | undefined> {
  const source = given.text(PASSPHRASE_OPTION.name)
  if (source !== undefined) return firstLine(shell, source)
  const { outside, voice } = shell
  if (!outside.terminal) return undefined
  const prompts = terminalPrompts(outside.terminal, outside.signal, voice)
  return prompts.secret(voice.plain('ask_passphrase', { file }), () => undefined)
}

/**
 * A passphrase to protect something with: long enough, and what is typed not soon guessed, and typed twice. One from a file may be
 * short of that: it may be a password that other programs prescribe. @throws option_missing, passphrase_too_short */
export async function newPassphrase(shell: Shell, given: Given): Promise<string> {
  const source = given.text(NEW_PASSPHRASE_OPTION.name)
  if (source !== undefined) {
    const line = await firstLine(shell, source)
    return line.length >= LEAST ? line : stop('passphrase_too_short', { file: source, least: LEAST })
  }
  const { outside, voice } = shell
  if (!outside.terminal) return stop('option_missing', { option: `--${NEW_PASSPHRASE_OPTION.name}` })
  const prompts = terminalPrompts(outside.terminal, outside.signal, voice)
  const { guessBits, LEAST_BITS } = await import('@scel/contract/passphrase') // for who is asked, and nobody else
  const chosen = await prompts.secret(voice.text('ask_new_passphrase', { least: LEAST }), (answer) => {
    if (answer.length < LEAST) return voice.text('ask_passphrase_short', { least: LEAST })
    return guessBits(answer) < LEAST_BITS ? voice.text('ask_passphrase_weak') : undefined
  })
  await prompts.secret(voice.text('ask_passphrase_again'), (answer) =>
    answer === chosen ? undefined : voice.text('ask_passphrase_differs'),
  )
  return chosen
}

/** The first line of a file, or of standard input. @throws file_missing, file_unreadable, input_twice */
export async function firstLine(shell: Shell, file: string): Promise<string> {
  const [line = ''] = Buffer.from(await readInput(shell, file, 4096))
    .toString('utf8')
    .split(/\r?\n/)
  return line
}

export const LEAST = 8
