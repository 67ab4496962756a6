//
// `npm run check`: types, style, and the rules of the house, each as one line; `npm run check -- layers stores` for some.

import { execFile } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkApi } from './check-api.ts'
import { checkAttacks } from './check-attacks.ts'
import { checkClock } from './check-clock.ts'
import { checkErrors } from './check-errors.ts'
import { checkImports } from './check-imports.ts'
import { checkArrows, checkForTests, checkLayers } from './check-layers.ts'
import { checkLinks } from './check-links.ts'
import { checkMentions } from './check-mentions.ts'
import { checkStores } from './check-stores.ts'
import { checkUnused } from './check-unused.ts'
import { checkWords } from './check-words.ts'

/** One rule: looks at the project and says what breaks it. */
export interface Check {
  readonly name: string
  readonly find: (root: string) => readonly string[] | Promise<readonly string[]>
}

/** All checks of a project, the quick ones first. */
function checksOf(root: string): Check[] {
  const configs = globSync(['packages/*/tsconfig*.json', 'tools/tsconfig.json'], { cwd: root }).sort()
  return [
    { name: 'layers', find: (at) => [...checkLayers(at), ...checkArrows(at), ...checkForTests(at)] },
    { name: 'stores', find: checkStores },
    { name: 'imports', find: checkImports },
    { name: 'unused', find: checkUnused },
    { name: 'words', find: checkWords },
    { name: 'clock', find: checkClock },
    { name: 'links', find: (at) => [...checkLinks(at), ...checkMentions(at)] },
    { name: 'errors', find: checkErrors },
    { name: 'attacks', find: checkAttacks },
    { name: 'the library’s pages', find: checkApi },
    {
      name: 'style',
      find: (at) =>
        run(at, '@biomejs/biome/bin/biome', ['check', '--colors=off', '--error-on-warnings', '--max-diagnostics=40']),
    },
    { name: 'configured', find: unconfigured },
    ...configs.map((path) => path.split(sep).join('/')).map(typesOf),
  ]
}

const typesOf = (config: string): Check => ({
  name: `types of ${config.replace('packages/', '').replace(/\/tsconfig\.json$/, '')}`,
  find: (root) => run(root, 'typescript/bin/tsc', ['-p', config, '--pretty', 'false']),
})

/** What browsers run has a second configuration, in which there is no Node. */
const PORTABLE = ['pki', 'files', 'contract', 'portal']

/** A package without its tsconfig.json would silently go unchecked. */
const unconfigured = (root: string): string[] =>
  [
    ...globSync('packages/*/package.json', { cwd: root }).map((file) => join(dirname(file), 'tsconfig.json')),
    ...PORTABLE.map((name) => `packages/${name}/tsconfig.web.json`),
  ].flatMap((file) => (existsSync(join(root, file)) ? [] : [`${file} is missing`]))

/** Runs a program of node_modules; what it prints is what it found. */
function run(root: string, program: string, args: readonly string[]): Promise<string[]> {
  const path = join(root, 'node_modules', program)
  return new Promise((resolve) => {
    execFile(process.execPath, [path, ...args], { cwd: root, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '')
      resolve(error ? (lines.length > 0 ? lines : [error.message]) : [])
    })
  })
}

/** The verdict of one check. */
export interface Verdict {
  readonly name: string
  readonly problems: readonly string[]
}

/**
 * Runs the checks, two at a time, and prints each as it ends.
 * @param names of those that are wanted @default all
 */
export async function runChecks(
  root: string,
  print: (line: string) => void,
  names: readonly string[] = [],
): Promise<Verdict[]> {
  const waiting = checksOf(root).filter(({ name }) => names.length === 0 || names.includes(name))
  const verdicts: Verdict[] = []
  const worker = async (): Promise<void> => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const problems = await check.find(root)
      print(problems.length === 0 ? `ok      check: ${check.name}` : `FAILED  check: ${check.name}`)
      for (const problem of problems) print(`        ${problem}`)
      verdicts.push({ name: check.name, problems })
    }
  }
  await Promise.all([worker(), worker()])
  return verdicts
}

if (import.meta.main) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const verdicts = await runChecks(root, (line) => console.log(line), process.argv.slice(2))
  if (verdicts.length === 0 || verdicts.some(({ problems }) => problems.length > 0)) process.exitCode = 1
}
