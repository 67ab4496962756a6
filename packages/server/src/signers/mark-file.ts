import { createHmac, timingSafeEqual } from 'node:crypto'
import { refuse } from '@scel/contract/errors'
import type { Mark, MarkKeeper } from '../core/high-water/mark.port.ts'
import { readOptional, replaceSecret, tryOutSecret } from './secret-file.ts'

/** The mark in a file beside the keys, under a code by a key of the ring: a text and its code, one a line. */
export function markFile(path: string, key: Uint8Array): MarkKeeper {
  const codeOf = (text: string): string => createHmac('sha256', key).update(text, 'utf8').digest('base64url')
  return {
    read: async () => {
      const bytes = await readOptional(path)
      if (!bytes) return undefined
      const [text = '', code = ''] = Buffer.from(bytes).toString('utf8').split('\n')
      const [found, wanted] = [Buffer.from(code), Buffer.from(codeOf(text))]
      if (found.length !== wanted.length || !timingSafeEqual(found, wanted)) {
        refuse('mark_unreadable', {})
      }
      return JSON.parse(text) as Mark
    },
    write: async (mark) => {
      const text = JSON.stringify(mark)
      await replaceSecret(path, `${text}\n${codeOf(text)}\n`)
    },
    tryOut: () => tryOutSecret(path, USUAL),
  }
}

/** Bytes of a mark, and more. */
const USUAL = 4_096
