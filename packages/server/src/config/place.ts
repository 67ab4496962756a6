import { createHash } from 'node:crypto'
import { realpathSync, statSync } from 'node:fs'
import { hostname } from 'node:os'

/**
 * What tells a desk from others of the same database: its host, its data folder, and which folder that is of the file system, so
 * that a folder that was copied, keys and all, is another one. Nothing secret, and nothing to rely on for more than memory.
 */
export function placeOf(data: string): string {
  const { dev, ino } = statSync(data, { bigint: true })
  const text = JSON.stringify([hostname(), realpathSync(data), `${dev}`, `${ino}`])
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}
