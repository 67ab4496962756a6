//
// Words that have no place in the project: promises instead of work, one machine's paths, a test that runs alone,
// addresses of package registries (the lock file's hashes say what to install, npm's settings say from where).

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesUnder } from './sources.ts'

const TEXT = /(\.(ts|tsx|mjs|js|json|md|css|html|svg|txt|yml|yaml|sh)|\.npmrc|\.gitignore|\/run|LICENSE)$/

// Written with brackets, so that this file does not find itself.
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [/\b(TO[D]O|FIX[M]E|X[X]X)\b/, 'unfinished work: do it, or open an issue'],
  [/(?<![\w.])\/(wo[r]k|ro[o]t)\/\w/, 'a path of one machine'],
  [/(?<![\w.])\/t[m]p\/\w/, 'a fixed temporary path: use mkdtemp under os.tmpdir()'],
  [/\b(test|it|describe|suite)\.on[l]y\(/, 'this silences every other test'],
  [/\b(test|it|describe|suite)\.sk[i]p\(/, 'a skip needs a reason at run time: t.skip(reason)'],
  [/\b(registry\.(npm[j]s|yarn[p]kg)\.|npm[j]s\.org|py[p]i\.org)/, 'a package registry’s address'],
]

/** Every forbidden word, with its line. */
export function checkWords(root: string): string[] {
  const files = filesUnder(root, TEXT).filter((file) => file !== 'package-lock.json')
  const words = files.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, at) => {
        const found = FORBIDDEN.find(([pattern]) => pattern.test(line))
        return found ? [`${file}:${at + 1}: ${found[0].exec(line)?.[0]}: ${found[1]}`] : []
      }),
  )
  return [...words, ...lockFile(root)]
}

function lockFile(root: string): string[] {
  const files = filesUnder(root, /(^|\/)package-lock\.json$/)
  return files.flatMap((file) =>
    /"resolved": *"https?:/.test(readFileSync(join(root, file), 'utf8'))
      ? [`${file}: names download addresses (npm config omit-lockfile-registry-resolved)`]
      : [],
  )
}
