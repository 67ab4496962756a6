import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { HeadTarget } from '../core/log/push.ts'

/**
 * A folder that the desk adds to and never writes over: a file a head, `head-000000000042.note`, durable when it is told of. That nobody
 * takes them away is for whoever keeps the folder (write once, append only).
 */
export const headFolder = (path: string): HeadTarget => ({
  name: path,
  send: async ({ size, note }) => {
    await mkdir(path, { recursive: true })
    const file = join(path, `head-${String(size).padStart(12, '0')}.note`)
    try {
      const made = await open(file, 'wx', 0o644)
      try {
        await made.writeFile(note)
        await made.sync()
      } finally {
        await made.close()
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      // Another desk of the database was first, or this one before it was killed: half of it is then there.
      const there = await readFile(file, 'utf8')
      if (there !== note) throw new Error(`${file} is there already, and is another head`, { cause: error })
    }
  },
})
