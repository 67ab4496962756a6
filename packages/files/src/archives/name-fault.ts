import { utf8 } from '@scel/pki/bytes'
import { hasHiddenLetters } from './hidden-letters.ts'

/** Why a name in an archive must not become the name of a file. */
export type NameFault = 'absolute' | 'parent' | 'empty' | 'separator' | 'letters' | 'device' | 'long'

/**
 * Judges a name with `/` between its parts, without one at the end; undefined when it is one. What only Windows takes for
 * something else than a name (devices, streams, a dot or space that it drops) is refused there alone: elsewhere people have
 * such files.
 */
export function nameFault(name: string, on: 'windows' | 'elsewhere'): NameFault | undefined {
  if (name.startsWith('/') || /^[A-Za-z]:(\/|$)/.test(name)) return 'absolute'
  if (name.includes('\\')) return 'separator'
  const parts = name.split('/')
  if (parts.length > DEEPEST || name.length > LONGEST) return 'long'
  if (name.includes('\ufffd') || hasHiddenLetters(name)) return 'letters' // U+FFFD stands for bytes that were no UTF-8
  if (utf8(name).length > LONGEST) return 'long'
  for (const part of parts) {
    if (part === '..') return 'parent'
    if (part === '' || part === '.') return 'empty'
    if (utf8(part).length > 255) return 'long'
    if (on === 'windows' && (DEVICE.test(part) || /[:*?"<>|]|[. ]$/.test(part))) return 'device'
  }
  return undefined
}

// https://learn.microsoft.com/windows/win32/fileio/naming-a-file, with or without an extension
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)[ ]*(\..*)?$/i
const DEEPEST = 128
const LONGEST = 4000
