import { basename } from 'node:path'

/** What sealed files are called (RFC 8551 §3.2.1), after the name of what is in them. */
export const SEALED = '.p7m'

/** Name of the content of a sealed file: without the ending that sealing adds, and never the name of the file itself. */
export function contentName(sealed: string): string {
  const name = basename(sealed)
  const without = name.replace(/\.(p7m|cms|p7)$/i, '')
  return without !== name && without !== '' ? without : `${name}.opened`
}
