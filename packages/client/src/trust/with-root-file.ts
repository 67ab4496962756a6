import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pemEncode } from '@scel/pki/bytes'
import type { Anchor } from './trust-store.ts'

/** Lends a program the anchor as a PEM file in a folder that only this user can read, and takes it away afterwards. */
export async function withRootFile<T>(anchor: Anchor, use: (file: string) => Promise<T>): Promise<T> {
  const place = await mkdtemp(join(tmpdir(), 'scel-trust-'))
  try {
    const file = join(place, 'root.pem')
    await writeFile(file, pemEncode('CERTIFICATE', anchor.der), { mode: 0o600 })
    return await use(file)
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}
