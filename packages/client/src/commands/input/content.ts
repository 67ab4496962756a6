// Where commands on signatures read from and write to: files of any length, standard input and output.

import { dirname } from 'node:path'
import type { ByteSource } from '@scel/pki/asn1'
import { partFile, readFileInParts } from '../../sealing/index.ts'
import { checkTarget as checkFile } from '../../state/files.ts'
import { sweep } from '../../state/sweep.ts'
import { stop } from '../../ui/cli-error.ts'
import type { Shell } from './shell.ts'

export interface Content {
  readonly source: ByteSource
  /** Unknown of standard input. */
  readonly length?: number
}

/** What a file or, as `-`, standard input holds. @throws file_missing, file_unreadable, not_a_file */
export async function contentOf({ outside }: Shell, file: string): Promise<Content> {
  if (file === '-') return { source: outside.input() }
  const source = await readFileInParts(file, outside.signal)
  return { source, length: source.length }
}

export interface Target {
  /** `-` is standard output. */
  readonly file: string
  readonly force: boolean
  readonly text: boolean
}

/** Says before work is done what `deliverPieces` would say after it. @throws file_exists, binary_on_terminal */
export async function checkTarget({ outside }: Shell, { file, force, text }: Target): Promise<void> {
  if (file !== '-') return checkFile(file, force)
  if (outside.columns !== undefined && !text) stop('binary_on_terminal')
}

/**
 * Writes the pieces while they come; a file gets its name when all of them are there.
 * @throws what `source` throws, file_exists, file_unwritable, disk_full
 */
export async function deliverPieces({ outside }: Shell, { file, force }: Target, source: ByteSource): Promise<void> {
  if (file === '-') {
    for await (const bytes of source) await outside.write(bytes)
    return
  }
  await sweep(dirname(file), outside.now())
  const part = await partFile(file, force, outside.atExit)
  try {
    for await (const bytes of source) await part.write(bytes)
    await part.commit()
  } finally {
    await part.discard()
  }
}
