import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { refuse } from '@scel/contract/errors'
import type { Mark, MarkKeeper } from '../core/high-water/mark.port.ts'
import { readOptional, syncFolder } from './secret-file.ts'

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
        refuse('authority_unavailable', { purpose: 'high-water.json' })
      }
      return JSON.parse(text) as Mark
    },
    write: async (mark) => {
      const text = JSON.stringify(mark)
      const temporary = `${path}.${process.pid}.${randomBytes(6).toString('hex')}.new`
      try {
        const file = await open(temporary, 'wx', 0o600)
        try {
          await file.writeFile(`${text}\n${codeOf(text)}\n`)
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(temporary, path)
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
      await syncFolder(dirname(path))
    },
  }
}
