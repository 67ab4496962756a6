// Judges rules by certificates: each rule must pass one that gives it something to look at, and find every one of its
// problems in another. A rule, or a problem, without such a certificate fails.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import type { LintFacts, LintRule, LintRuleName, LintSuite } from '../src/lint/index.ts'
import { lintCertificate, RULES } from '../src/lint/index.ts'
import type { TbsCertificateInput } from '../src/x509/index.ts'
import { buildTbsCertificate } from '../src/x509/index.ts'
import type { Change } from './lint.ts'
import { same } from './lint.ts'

export interface Case {
  readonly rule: LintRuleName
  /** Undefined for a certificate that the rule passes. */
  readonly problem?: string
  readonly of: TbsCertificateInput
  readonly change: Change
  /** Not looked at when empty. */
  readonly facts?: LintFacts
  readonly at?: Date
  /** What the builder would not write. */
  readonly spoil?: (tbs: Uint8Array) => Uint8Array
}

/** How a suite's cases are written down, about one certificate that follows its rules. */
export const casesOf = (
  usual: TbsCertificateInput,
): {
  passes(rule: LintRuleName, change?: Change, of?: TbsCertificateInput): Case
  finds(rule: LintRuleName, problem: string, change: Change, facts?: LintFacts, of?: TbsCertificateInput): Case
} => ({
  passes: (rule, change = same, of = usual) => ({ rule, of, change }),
  finds: (rule, problem, change, facts, of = usual) => ({
    ...{ rule, problem, of, change },
    ...(facts ? { facts } : {}),
  }),
})

export function judgeRules(suite: LintSuite, cases: readonly Case[]): void {
  for (const { rule, problem, of, change, facts = {}, at, spoil } of cases) {
    const title = problem ? `${rule} finds: ${problem}` : `${rule} passes`
    test(Object.keys(facts).length > 0 ? `${title} ${JSON.stringify(facts)}` : title, () => {
      const built = buildTbsCertificate({ ...of, ...change(of) })
      const tbs = spoil ? spoil(built) : built
      const all = lintCertificate(tbs, { suites: [suite], ...(at ? { at } : {}) })
      const found = all.filter((one) => one.rule === rule)
      if (problem === undefined) return assert.deepEqual(found, [])
      const same = found.filter((one) => one.problem === problem)
      assert.notEqual(same.length, 0, JSON.stringify(all))
      if (Object.keys(facts).length > 0)
        assert.ok(
          same.some((one) => isDeepStrictEqual(one.facts, facts)),
          JSON.stringify(same),
        )
    })
  }

  test(`every rule of ${suite} passes a certificate, and each of its problems is found in one`, () => {
    const rules = Object.entries(RULES).filter(([name]) => name.startsWith(`${suite}/`))
    const wanted = rules.flatMap(([name, { problems }]: [string, Pick<LintRule<LintRuleName>, 'problems'>]) => [
      `${name} passes`,
      ...Object.keys(problems).map((problem) => `${name}: ${problem}`),
    ])
    const had = new Set(cases.map(({ rule, problem }) => (problem ? `${rule}: ${problem}` : `${rule} passes`)))
    assert.deepEqual(
      wanted.filter((one) => !had.has(one)),
      [],
    )
  })
}
