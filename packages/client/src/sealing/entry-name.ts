import { ACTING } from '@scel/contract/letters'

/** Why a name in an archive must not become the name of a file, or undefined when it may. */
export type NameFault = 'absolute' | 'parent' | 'empty' | 'separator' | 'control' | 'device' | 'long'

/**
 * Judges a name with `/` between its parts, without one at the end. What only Windows takes for something else than a
 * name (devices, streams, a dot or space that it drops) is refused there alone: elsewhere people have such files.
 */
export function faultIn(name: string, platform: NodeJS.Platform): NameFault | undefined {
  if (name.startsWith('/') || /^[A-Za-z]:(\/|$)/.test(name)) return 'absolute'
  if (name.includes('\\')) return 'separator'
  if (CONTROL.test(name)) return 'control'
  const parts = name.split('/')
  if (parts.length > DEEPEST || Buffer.byteLength(name) > LONGEST) return 'long'
  for (const part of parts) {
    if (part === '..') return 'parent'
    if (part === '' || part === '.') return 'empty'
    if (Buffer.byteLength(part) > 255) return 'long'
    if (platform === 'win32' && (DEVICE.test(part) || /[:*?"<>|]|[. ]$/.test(part))) return 'device'
  }
  return undefined
}

// Control characters move the cursor of whoever lists the folder, and what turns the line round shows another ending than the
// name has. Letters that join others stay: pictures and some scripts are written with them. U+FFFD stands for bytes that were
// no UTF-8.
const CONTROL = new RegExp(`[${ACTING}\ufffd]`, 'u')
// https://learn.microsoft.com/windows/win32/fileio/naming-a-file, with or without an extension
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)[ ]*(\..*)?$/i
const DEEPEST = 128
const LONGEST = 4000
