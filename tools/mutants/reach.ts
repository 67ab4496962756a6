import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Workshop } from './workshop.ts'

/** What one test file executes of the files that guard. */
export interface Reach {
  readonly test: string
  /** What the test file takes with nothing broken. */
  readonly seconds: number
  /** @param offset into the text of the file, in UTF-16 units */
  executes(file: string, offset: number): boolean
}

/** Seconds that a test file may take with nothing broken. */
const PATIENCE = 300

/**
 * Runs a test file with V8's coverage (child processes and threads count), in which types are blanks: offsets stay true.
 *
 * @throws Error when it fails, for then it can notice nothing
 */
export async function reachOf(workshop: Workshop, test: string, files: readonly string[]): Promise<Reach> {
  const folder = mkdtempSync(join(tmpdir(), 'scel-reach-'))
  try {
    const start = Date.now()
    const verdict = await workshop.run(test, PATIENCE, folder)
    if (verdict !== 'passed') throw new Error(`${test} ${verdict} with nothing broken`)
    const seconds = (Date.now() - start) / 1_000
    const byAddress = new Map(files.map((file) => [pathToFileURL(join(workshop.root, file)).href, file]))
    const runs = new Map<string, Range[][]>()
    for (const report of readdirSync(folder)) {
      const { result } = JSON.parse(readFileSync(join(folder, report), 'utf8')) as { result: Script[] }
      for (const { url, functions } of result) {
        const file = byAddress.get(url)
        if (file) runs.set(file, [...(runs.get(file) ?? []), functions.flatMap(({ ranges }) => ranges)])
      }
    }
    const executes = (file: string, offset: number): boolean =>
      (runs.get(file) ?? []).some((ranges) => countAt(ranges, offset) > 0)
    return { test, seconds, executes }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Script {
  readonly url: string
  readonly functions: readonly { readonly ranges: readonly Range[] }[]
}

interface Range {
  readonly startOffset: number
  readonly endOffset: number
  readonly count: number
}

/** The innermost range says. */
function countAt(ranges: readonly Range[], offset: number): number {
  const around = ranges.filter(({ startOffset, endOffset }) => startOffset <= offset && offset < endOffset)
  return around.reduce((inner, range) => (lengthOf(range) <= lengthOf(inner) ? range : inner), NOWHERE).count
}

const NOWHERE: Range = { startOffset: 0, endOffset: Number.POSITIVE_INFINITY, count: 0 }
const lengthOf = ({ startOffset, endOffset }: Range): number => endOffset - startOffset
