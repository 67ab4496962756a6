//
// What the checks read: the project's own files, and the imports in them.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'

// What is made or downloaded, and so not ours to judge (the same folders as in .gitignore).
const NOT_OURS = new Set(['node_modules', '.git', 'dist', 'data', 'output', '.scratch'])

/** Our files under `folder`, as paths relative to it with `/`, sorted; `pattern` is matched against that path. */
export function filesUnder(folder: string, pattern: RegExp = /./): string[] {
  const walk = (below: string): string[] =>
    readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
      if (NOT_OURS.has(entry.name)) return []
      const path = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.isDirectory()) return walk(path)
      return pattern.test(path) ? [path] : []
    })
  return walk('').sort()
}

/** TypeScript and JavaScript. */
export const CODE: RegExp = /\.(ts|tsx|mjs)$/

/** Files that only tests run: they may use development dependencies, and stand outside the layers. */
export const isTestFile = (path: string): boolean =>
  /\.test\.tsx?$/.test(path) || /(^|\/)(test|e2e|bench|testing)\//.test(path)

// A statement starts its line, and so does not stand in a comment (` * import …`). A call may stand anywhere.
const STATEMENT = /^[ \t]*(?:import|export)\b(?:[^'"`;]*?\bfrom)?\s*['"]([^'"]+)['"]/gm
const CALL = /^(?![ \t]*(?:\*|\/\/)).*?\bimport\(\s*['"]([^'"]+)['"]/gm

/** Everything that a file imports, as written: statements, re-exports, `import()` calls and types. */
export function importsOf(text: string): string[] {
  return [STATEMENT, CALL].flatMap((pattern) => [...text.matchAll(pattern)].map(([, target]) => target ?? ''))
}

/** The text with comments blanked out, as far as one can without parsing; line numbers stay. */
export function withoutComments(text: string): string {
  return text
    .split('\n')
    .map((line) => (/^\s*(\*|\/\/|\/\*)/.test(line) ? '' : line.replace(/\s\/\/ .*$/, '')))
    .join('\n')
}
