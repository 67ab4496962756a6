// Test vectors that other people made. They lie outside the repository; SCEL_VECTORS says where, otherwise they are
// looked for beside the project.

import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'

const BESIDE = fileURLToPath(new URL('../../../../../shared/vectors', import.meta.url))

export interface Vectors {
  read(name: string): Uint8Array
  json<T>(name: string): T
  list(folder: string): string[]
}

/** Where the vectors of one suite are; skips the test, loudly, when they are not there. */
export function vectorFolder(t: TestContext, suite: string): string | undefined {
  const folder = join(process.env.SCEL_VECTORS ?? BESIDE, suite)
  if (existsSync(folder)) return folder
  t.skip(`MISSING ON THIS MACHINE: test vectors ${suite} (set SCEL_VECTORS)`)
  return undefined
}

/** The vectors of one suite; skips the test, loudly, when they are not there. */
export function vectors(t: TestContext, suite: string): Vectors | undefined {
  const root = vectorFolder(t, suite)
  if (root === undefined) return undefined
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
  /** Whether the suite wants it accepted. */
  readonly accept: boolean
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
    return { id, accept, kind: agrees ? (excused ? 'stale excuse' : 'agrees') : excused ? 'excused' : 'differs' }
  })
}

/**
 * Ends a suite: its counts go to `npm test`, which prints them for all suites together, and the test fails when a case
 * differs or an excuse is stale. `name` is the suite as people know it, such as `PKITS` or `Wycheproof ed448`.
 */
export function settle(t: TestContext, name: string, verdicts: readonly Verdict[]): void {
  const count = (...kinds: readonly Verdict['kind'][]): number =>
    verdicts.filter(({ kind }) => kinds.includes(kind)).length
  const [agree, excused, differ] = [count('agrees'), count('excused'), count('differs', 'stale excuse')]
  t.diagnostic(`suite ${name}: ${agree} agree, ${excused} excused, ${differ} differ`)
  assert.ok(verdicts.length > 0, `${name} has no case`)
  assert.deepEqual(
    verdicts.filter(({ kind }) => kind === 'differs' || kind === 'stale excuse'),
    [],
    name,
  )
}
