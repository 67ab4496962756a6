import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

const BESIDE = join(import.meta.dirname, '../../../../shared/vectors')

/** The folder of one suite of other people's test vectors; skips the test, loudly, when it is not there. */
export function vectorFolder(t: TestContext, suite: string): string | undefined {
  const folder = join(process.env.SCEL_VECTORS ?? BESIDE, suite)
  if (existsSync(folder)) return folder
  t.skip(`MISSING ON THIS MACHINE: test vectors ${suite} (set SCEL_VECTORS)`)
  return undefined
}
