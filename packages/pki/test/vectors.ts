// Test vectors that other people made. They lie outside the repository; SCEL_VECTORS says where, otherwise they are
// looked for beside the project.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

const BESIDE = join(import.meta.dirname, '../../../../shared/vectors')

export interface Vectors {
  read(name: string): Uint8Array
  json<T>(name: string): T
  list(folder: string): string[]
}

/** The vectors of one folder; skips the test, loudly, when they are not there. */
export function vectors(t: TestContext, folder: string): Vectors | undefined {
  const root = join(process.env.SCEL_VECTORS ?? BESIDE, folder)
  if (!existsSync(root)) {
    t.skip(`MISSING ON THIS MACHINE: test vectors ${folder} (set SCEL_VECTORS)`)
    return undefined
  }
  return {
    read: (name) => new Uint8Array(readFileSync(join(root, name))),
    json: <T>(name: string) => JSON.parse(readFileSync(join(root, name), 'utf8')) as T,
    list: (below) => readdirSync(join(root, below)).toSorted(),
  }
}

export interface Exception {
  readonly reason: string
}

export interface Verdict {
  readonly id: string
  readonly kind: 'agrees' | 'excused' | 'differs' | 'stale excuse'
}

/** Compares us with a suite. An excuse that is no longer needed fails too, so the list only shrinks. */
export function judge(
  cases: readonly { readonly id: string; readonly accept: boolean }[],
  exceptions: Readonly<Record<string, Exception>>,
  accepts: ReadonlyMap<string, boolean>,
): Verdict[] {
  return cases.map(({ id, accept }) => {
    const agrees = accepts.get(id) === accept
    const excused = Object.hasOwn(exceptions, id)
    return { id, kind: agrees ? (excused ? 'stale excuse' : 'agrees') : excused ? 'excused' : 'differs' }
  })
}
