//
// `npm run bench`: says what machine this is, then runs every packages/*/bench/*.bench.ts in turn, alone, in a process
// of its own. Each prints its own table, with the ratio to a limit or a peer measured in the same run.
// `npm run bench -- WORD` runs those whose path contains one of the words.

import { execFileSync, spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { cpus, release, type as systemName, totalmem } from 'node:os'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What the numbers below it were measured on. */
export function machine(): string[] {
  const processors = cpus()
  return [
    `processor  ${processors[0]?.model.trim() ?? 'unknown'}, ${processors.length} cores`,
    `memory     ${Math.round(totalmem() / 2 ** 30)} GiB`,
    `system     ${systemName()} ${release()}, ${process.arch}`,
    `node       ${process.versions.node} with OpenSSL ${process.versions.openssl}`,
    `openssl    ${opensslVersion()}`,
  ]
}

function opensslVersion(): string {
  try {
    return execFileSync('openssl', ['version'], { encoding: 'utf8' }).trim()
  } catch {
    return 'no command of this name'
  }
}

/** Paths of the benchmarks, relative to `root`, that contain one of the words; all of them without words. */
export const benchmarks = (root: string, words: readonly string[]): string[] =>
  globSync('packages/*/bench/**/*.bench.ts', { cwd: root })
    .map((file) => file.split(sep).join('/'))
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
    .sort()

if (import.meta.main) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const files = benchmarks(root, process.argv.slice(2))
  for (const line of machine()) console.log(line)
  if (files.length === 0) console.log('\nno benchmark has such a path')
  const failed = files.filter((file) => {
    console.log(`\n${file}\n`)
    return spawnSync(process.execPath, [join(root, file)], { cwd: root, stdio: 'inherit' }).status !== 0
  })
  for (const file of failed) console.log(`FAILED  ${file}`)
  process.exitCode = failed.length > 0 || files.length === 0 ? 1 : 0
}
