// Project Wycheproof: known attacks on primitives as test vectors. Each file is one suite, and all of its cases go
// through the library's public functions. "acceptable" means that both answers can be right: ours is written down, with
// its reason.

import type { TestContext } from 'node:test'
import { type Exception, judge, type Verdict, vectors } from '@scel/testkit/vectors'
import { equal, fromHex } from '../../src/bytes/index.ts'
import { isPkiError } from '../../src/errors/index.ts'

export interface Case {
  readonly tcId: number
  readonly comment?: string
  readonly flags: readonly string[]
  readonly result: 'valid' | 'invalid' | 'acceptable'
}

/** What we do with cases of a flag where both answers can be right. */
export interface Decision {
  readonly accept: boolean
  readonly reason: string
}

export interface Suite<Group, Test extends Case> {
  /** Name of the file without `_test.json`. */
  readonly name: string
  /** By flag; the first flag in this order that a case has decides. */
  readonly acceptable?: Readonly<Record<string, Decision>>
  /** Where we differ from the file: the reason, by case. */
  readonly excuse?: (test: Test, group: Group) => string | undefined
  /** Bytes are right when they are what `expected` says; a coded error is a refusal. */
  readonly answer: (test: Test, group: Group) => Promise<boolean | Uint8Array>
  /** In hex. */
  readonly expected?: (test: Test) => string
}

interface File<Group, Test> {
  readonly numberOfTests: number
  readonly testGroups: readonly (Group & { readonly tests: readonly Test[] })[]
}

/** A suite whose types nobody needs any more. */
export interface Runnable {
  readonly name: string
  /** Undefined where the vectors are missing, which the test then says. */
  verdicts(t: TestContext): Promise<Verdict[] | undefined>
}

export const suite = <Group, Test extends Case>(one: Suite<Group, Test>): Runnable => ({
  name: one.name,
  verdicts: (t) => runSuite(t, one),
})

/** Runs all cases of a file. */
async function runSuite<Group, Test extends Case>(
  t: TestContext,
  suite: Suite<Group, Test>,
): Promise<Verdict[] | undefined> {
  const file = vectors(t, 'wycheproof')?.json<File<Group, Test>>(`${suite.name}_test.json`)
  if (!file) return undefined
  const found = new Map<string, boolean>()
  const cases: { id: string; accept: boolean }[] = []
  const exceptions: Record<string, Exception> = {}
  const used = new Set<string>()
  for (const group of file.testGroups) {
    for (const test of group.tests) {
      const id = `${test.tcId} ${test.comment ?? test.flags.join(' ')}`
      cases.push({ id, accept: test.result === 'acceptable' ? decided(suite, test, used) : test.result === 'valid' })
      found.set(id, await accepts(suite, test, group))
      const reason = suite.excuse?.(test, group)
      if (reason) exceptions[id] = { reason }
    }
  }
  const idle = Object.keys(suite.acceptable ?? {}).filter((flag) => !used.has(flag))
  if (idle.length > 0) throw new Error(`${suite.name}: nothing is decided by ${idle.join(', ')}`)
  if (found.size !== file.numberOfTests) throw new Error(`${suite.name}: ${found.size} of ${file.numberOfTests} cases`)
  return judge(cases, exceptions, found)
}

function decided<Group, Test extends Case>(suite: Suite<Group, Test>, test: Test, used: Set<string>): boolean {
  for (const [flag, { accept }] of Object.entries(suite.acceptable ?? {})) {
    if (!test.flags.includes(flag)) continue
    used.add(flag)
    return accept
  }
  throw new Error(`${suite.name} ${test.tcId} (${test.flags.join(', ')}) is not decided`)
}

async function accepts<Group, Test extends Case>(
  suite: Suite<Group, Test>,
  test: Test,
  group: Group,
): Promise<boolean> {
  try {
    const answer = await suite.answer(test, group)
    // An invalid case that gives any bytes at all was accepted.
    if (typeof answer === 'boolean' || test.result === 'invalid') return answer !== false
    return equal(answer, fromHex(suite.expected!(test)))
  } catch (error) {
    if (isPkiError(error)) return false
    throw error
  }
}
