import { codeOf } from '../state/files.ts'
import { CliError } from '../ui/cli-error.ts'

/** A failed look at a file in the words of the command line; every other error as it is. */
export function unreadable(error: unknown, file: string): unknown {
  const code = codeOf(error)
  if (code === 'ENOENT' || code === 'ENOTDIR') return new CliError('file_missing', { file }, error)
  // with O_NOFOLLOW: a link has taken the place of the file that was seen
  if (code === 'ELOOP') return new CliError('not_a_file', { file }, error)
  return code ? new CliError('file_unreadable', { file, reason: code }, error) : error
}
