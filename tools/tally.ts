//
// Counts what node:test reports, and says it for people: one line per file, failures with their reason, skips loudly.

import { relative } from 'node:path'
import { inspect } from 'node:util'

/** The part of a node:test event that is read here. */
export interface TestEvent {
  readonly type: string
  readonly data: {
    readonly name?: string
    readonly file?: string
    readonly nesting?: number
    readonly skip?: string | boolean
    readonly todo?: string | boolean
    readonly message?: string
    readonly details?: { readonly type?: string; readonly duration_ms?: number; readonly error?: unknown }
  }
}

/** What happened so far. */
export interface Tally {
  passed: number
  readonly failed: string[]
  readonly skipped: string[]
  /** Suites that other people made, with their counts. */
  readonly suites: SuiteCount[]
}

/** Cases of one suite: judged as its makers judge them, differently with a written reason, or differently without. */
export interface SuiteCount {
  readonly name: string
  readonly agree: number
  readonly excused: number
  readonly differ: number
}

export const emptyTally = (): Tally => ({ passed: 0, failed: [], skipped: [], suites: [] })

export interface FileOptions {
  /** Absolute path of the test file. */
  readonly file: string
  readonly root: string
  /** A skip is a failure. */
  readonly requireAll: boolean
  readonly print: (line: string) => void
  /** Why the file was ended from outside, if it was. */
  readonly cutShort?: () => string | undefined
  /** What its process took, with all that it started, where that is known. */
  readonly processorSeconds?: () => number | undefined
}

/** Follows one test file to its end and adds it to the tally. */
export async function follow(events: AsyncIterable<TestEvent>, tally: Tally, options: FileOptions): Promise<void> {
  const { file, root, requireAll, print } = options
  const shown = relative(root, file).replaceAll('\\', '/')
  const began = performance.now()
  const [failures, output, path]: [string[], string[], string[]] = [[], [], []]
  let [tests, ended, sound] = [0, false, true]
  const failed = (name: string, reason: string): void => {
    tally.failed.push(`${shown}: ${name}`)
    failures.push(`${name}\n${indent(reason, '    ')}`)
  }
  for await (const { type, data } of events) {
    const { name = '', nesting = 0, details } = data
    if (type === 'test:start') path.splice(nesting, path.length, name)
    if (type === 'test:stdout' || type === 'test:stderr') output.push(data.message ?? '')
    if (type === 'test:diagnostic') tally.suites.push(...suiteOf(data.message))
    if (type === 'test:summary' && data.file !== undefined) ended = true
    if (type !== 'test:pass' && type !== 'test:fail') continue
    if (details?.type === 'suite' && type === 'test:pass') continue
    if (name === file && nesting === 0) {
      // The file itself: its exit code, judged below.
      if (type === 'test:fail') sound = false
      continue
    }
    const full = [...path.slice(0, nesting), name].join(' › ')
    tests++
    if (type === 'test:fail') {
      // A test whose subtests failed has failed already, once for each of them.
      if (failureType(details?.error) !== 'subtestsFailed') failed(full, reasonOf(details?.error))
    } else if (data.skip !== undefined && data.skip !== false) {
      const reason = typeof data.skip === 'string' && data.skip !== '' ? data.skip : 'no reason given'
      if (requireAll) failed(full, `skipped, and SCEL_REQUIRE_ALL is set: ${reason}`)
      else tally.skipped.push(`${shown}: ${full}: ${reason}`)
    } else if (data.todo !== undefined && data.todo !== false) {
      failed(full, 'a test may not be left to do')
    } else {
      tally.passed++
    }
  }
  const cut = options.cutShort?.()
  if (cut !== undefined) failed('(file)', cut)
  else if (!ended) failed('(file)', tests === 0 ? 'did not run' : 'ended before its tests did')
  else if (tests === 0) failed('(file)', 'has no test')
  else if (!sound && failures.length === 0) failed('(file)', 'its tests passed, and something failed after them')
  const seconds = `${((performance.now() - began) / 1_000).toFixed(1)} s`
  const took = options.processorSeconds?.()
  const facts = [
    `${tests} ${tests === 1 ? 'test' : 'tests'}`,
    seconds,
    ...(took === undefined ? [] : [`${took.toFixed(1)} s of processor`]),
  ]
  print(`${failures.length === 0 ? 'ok    ' : 'FAILED'}  ${shown}  (${facts.join(', ')})`)
  for (const failure of failures) print(indent(failure, '        '))
  if (failures.length > 0 && output.length > 0) print(indent(tail(output.join('')), '        | '))
}

/** What a test says of its suite in a diagnostic, or nothing. */
function suiteOf(message = ''): SuiteCount[] {
  const [, name, agree, excused, differ] = /^suite (.+): (\d+) agree, (\d+) excused, (\d+) differ$/.exec(message) ?? []
  return name ? [{ name, agree: Number(agree), excused: Number(excused), differ: Number(differ) }] : []
}

function suiteLines(suites: readonly SuiteCount[]): string[] {
  if (suites.length === 0) return []
  const width = Math.max(...suites.map(({ name }) => name.length), 'suites of others'.length)
  const line = (name: string, ...counts: readonly (string | number)[]): string =>
    name.padEnd(width) + counts.map((count) => String(count).padStart(9)).join('')
  const total = (of: 'agree' | 'excused' | 'differ'): number => suites.reduce((sum, suite) => sum + suite[of], 0)
  return [
    '',
    line('suites of others', 'agree', 'excused', 'differ'),
    ...suites
      .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
      .map(({ name, agree, excused, differ }) => line(name, agree, excused, differ)),
    line('total', total('agree'), total('excused'), total('differ')),
  ]
}

/** The end of the report. Its last line is the only one of its form. */
export function summary({ passed, failed, skipped, suites }: Tally): string[] {
  return [
    ...suiteLines(suites),
    '',
    ...skipped.map((line) => `SKIPPED  ${line}`),
    ...failed.map((line) => `FAILED   ${line}`),
    ...(skipped.length + failed.length > 0 ? [''] : []),
    `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`,
  ]
}

const failureType = (error: unknown): unknown => (error as { failureType?: unknown } | undefined)?.failureType

/** What the test threw, without node:test's own wrapping, and without the stack inside Node. */
function reasonOf(error: unknown): string {
  const thrown = (error as { cause?: unknown } | undefined)?.cause ?? error
  const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : inspect(thrown)
  return text
    .split('\n')
    .filter((line) => !/^\s+at .*\(?node:/.test(line))
    .slice(0, 60)
    .join('\n')
}

const indent = (text: string, by: string): string => text.trimEnd().replace(/^/gm, by)
const tail = (text: string): string => text.split('\n').slice(-60).join('\n')
