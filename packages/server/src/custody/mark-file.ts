import { createHmac, timingSafeEqual } from 'node:crypto'
import { refuse } from '@scel/contract/errors'
import type { Mark, MarkKeeper } from '../core/high-water/mark.port.ts'
import type { FolderNotes } from './folder-notes.ts'
import { readOptional, replaceSecret, tryOutSecret } from './secret-file.ts'

/**
 * The mark in a file beside the keys, under a code by a key of the ring: a text and its code, one a line. That there is one stands
 * in the notes, so that it is missed.
 */
export function markFile(
  path: string,
  key: Uint8Array,
  notes: Pick<FolderNotes, 'firstMark' | 'noteMark'>,
): MarkKeeper {
  const codeOf = (text: string): string => createHmac('sha256', key).update(text, 'utf8').digest('base64url')
  return {
    read: async () => {
      const bytes = await readOptional(path)
      if (!bytes) {
        const since = (await notes.firstMark()) ?? 'never'
        return since === 'never' ? undefined : refuse('mark_missing', { since })
      }
      const [text = '', code = ''] = Buffer.from(bytes).toString('utf8').split('\n')
      const [found, wanted] = [Buffer.from(code), Buffer.from(codeOf(text))]
      if (found.length !== wanted.length || !timingSafeEqual(found, wanted)) {
        refuse('mark_unreadable', {})
      }
      return JSON.parse(text) as Mark
    },
    isFirst: async () => (await notes.firstMark()) === 'never',
    write: async (mark) => {
      const text = JSON.stringify(mark)
      await replaceSecret(path, `${text}\n${codeOf(text)}\n`)
      // After the mark itself: the other way round, a kill between the two would leave a mark missed that was never made.
      await notes.noteMark(mark.at)
    },
    tryOut: () => tryOutSecret(path, USUAL),
  }
}

/** Bytes of a mark, and more. */
const USUAL = 4_096
