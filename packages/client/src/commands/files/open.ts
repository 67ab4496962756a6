import { stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { contentName } from '@scel/files/names'
import { checkTarget } from '../../state/files.ts'
import { stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import type { Command } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import type { Keys } from '../input/keys.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'
import { KEY_OPTIONS } from './decryption-keys.ts'
import { openToOutput } from './open-to-output.ts'
import { openToPlace, type Place } from './open-to-place.ts'
import { openingOf } from './opening.ts'
import { JUDGING_OPTIONS, signatureQuestion } from './signature-question.ts'

/** `scel open`: what was sealed for one of one's keys. */
export const open: Command = {
  arguments: [{ name: 'value_file', help: 'open_file', required: true }],
  options: [
    { name: 'out', short: 'o', help: 'open_out', value: 'value_out' },
    { name: 'force', help: 'force' },
    ...KEY_OPTIONS,
    { name: 'keep-zip', help: 'open_keep_zip' },
    { name: 'signed', help: 'open_signed' },
    ...JUDGING_OPTIONS.filter(({ name }) => KEY_OPTIONS.every((option) => option.name !== name)),
    { name: 'danger-unverified', help: 'open_danger_unverified' },
    { name: 'danger-old', help: 'open_danger_old' },
  ],
  run: runOpen,
}

async function runOpen(session: Shell & State & Keys, given: Given): Promise<ExitCode> {
  const file = given.argument(0) ?? stop('argument_missing', { argument: 'FILE' })
  const place = await placeOf(session, given, file)
  const question = given.flag('signed') ? await signatureQuestion(session, given) : undefined
  const opening = await openingOf(session, given, file)
  const valid =
    place === 'output'
      ? await openToOutput(session, given, opening, question)
      : await openToPlace(session, given, { opening, question, place })
  return valid ? EXIT.done : EXIT.failed
}

/** @throws binary_on_terminal, options_exclude, danger_needs_out, out_needed, file_exists */
async function placeOf({ outside, voice }: Shell, given: Given, file: string): Promise<Place | 'output'> {
  const out = given.text('out') ?? (file === '-' ? '-' : undefined)
  if (given.flag('signed') && given.flag('danger-unverified')) {
    stop('options_exclude', { one: '--signed', other: '--danger-unverified' })
  }
  if (out === '-') {
    if (voice.json) stop('options_exclude', { one: '--json', other: '-o -' })
    return outside.columns === undefined ? 'output' : stop('binary_on_terminal')
  }
  if (given.flag('danger-unverified')) stop('danger_needs_out', { option: '--danger-unverified' })
  const isFolder = out !== undefined && (/[\\/]$/.test(out) || (await isDirectory(out)))
  if (file === '-' && isFolder) stop('out_needed')
  const exact = out !== undefined && !isFolder
  const place = exact
    ? { folder: dirname(out), name: basename(out), exact }
    : { folder: out ?? dirname(file), name: nameFor(given, file), exact }
  const target = join(place.folder, place.name)
  if (resolve(target) === resolve(file)) stop('out_is_input', { file })
  // An archive is called after what is in it, which is not known yet.
  if (!/\.zip$/i.test(target)) await checkTarget(target, given.flag('force'))
  return place
}

/** One ending less for each layer that is taken off. */
function nameFor(given: Given, file: string): string {
  const inside = contentName(basename(file))
  return given.flag('signed') ? contentName(inside) : inside
}

const isDirectory = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
