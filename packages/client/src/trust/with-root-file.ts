import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pemEncode } from '@scel/pki/bytes'
import type { Anchor } from './trust-store.ts'

/**
 * Lends a program the anchor as a PEM file in a folder that only this user can read, beside a file with an empty line,
 * and takes both away afterwards.
 */
export async function withRootFile<T>(anchor: Anchor, use: (file: string, empty: string) => Promise<T>): Promise<T> {
  const place = await mkdtemp(join(tmpdir(), 'scel-trust-'))
  try {
    const file = join(place, 'root.pem')
    await writeFile(file, pemEncode('CERTIFICATE', anchor.der), { mode: 0o600 })
    const empty = join(place, 'empty')
    await writeFile(empty, '\n', { mode: 0o600 })
    return await use(file, empty)
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}
