/** How much a finding weighs, for whoever reads a list of them. */
type Level = 'good' | 'notice' | 'warning'

export interface MoreFindings {
  readonly code: 'more_findings'
  readonly level: Level
  readonly facts: { readonly count: number }
}

/**
 * A list that somebody reads: warnings first, then the others, at most so many, and how many more there are. Whoever
 * wrote the request decides how long the list is, and must not push out of it what matters.
 */
export function atMost<F extends { readonly level: Level }>(
  most: number,
  findings: readonly F[],
): (F | MoreFindings)[] {
  const ordered = LEVELS.flatMap((level) => findings.filter((one) => one.level === level))
  const rest = ordered.slice(most)
  const [worst] = rest
  if (!worst) return ordered
  return [...ordered.slice(0, most), { code: 'more_findings', level: worst.level, facts: { count: rest.length } }]
}

const LEVELS = ['warning', 'notice', 'good'] as const
