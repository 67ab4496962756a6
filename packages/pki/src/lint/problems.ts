// Every rule, what it can find, and the facts that come with it. A rule that is not here cannot be written, and one
// that is here must have its file, its line in rules.ts and its sentences in two languages: the types see to it.

import type { CabfSmimeProblems } from './cabf-smime/problems.ts'
import type { CrlProblems } from './rfc5280/crl-problems.ts'
import type { Rfc5280Problems } from './rfc5280/problems.ts'
import type { ScelProblems } from './scel/problems.ts'

/** Every rule with its problems, and the facts that go with each. */
export interface LintProblems extends Rfc5280Problems, CrlProblems, CabfSmimeProblems, ScelProblems {}
