import { type DeskWord, KIT_FORMAT, KitFile, readStatement } from '@scel/contract/kit'
import { Value } from 'typebox/value'
import { readLimited } from '../state/files.ts'
import { stop } from '../ui/cli-error.ts'
import { parseJson } from './parse-json.ts'

/** A kit that was read: whose it is by the word of the desk that signed it, and what it lays down. */
export interface Kit extends Pick<KitFile, 'kit' | 'rules'> {
  readonly desk: DeskWord
}

/**
 * Reads an enrolment kit. What it says of its desk is what the desk said when the kit was made.
 * @throws file_missing, file_unreadable, file_too_large, kit_malformed, kit_newer, kit_older, kit_unsigned
 */
export async function readKit(file: string): Promise<Kit> {
  const value = parseJson(await readLimited(file, LIMIT))
  requireFormat(file, value)
  if (!Value.Check(KitFile, value)) {
    const where = value === undefined ? 'JSON' : (Value.Errors(KitFile, value)[0]?.instancePath ?? '')
    return stop('kit_malformed', { file, where: where || 'format' })
  }
  const desk = await readStatement(value.desk, 'saidAt')
  if ('refused' in desk) return stop('kit_unsigned', { file, why: desk.refused })
  return { desk, kit: value.kit, rules: value.rules }
}

/** What a desk of another version made is no cut file. */
function requireFormat(file: string, value: unknown): void {
  const said = (value as { readonly format?: unknown } | null | undefined)?.format
  const version = typeof said === 'string' ? /^scel-kit\/([0-9]{1,4})$/.exec(said)?.[1] : undefined
  if (version === undefined || said === KIT_FORMAT) return
  stop(Number(version) > Number(KIT_FORMAT.split('/')[1]) ? 'kit_newer' : 'kit_older', { file })
}

const LIMIT = 1024 * 1024
