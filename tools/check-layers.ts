//
// An import may only point the way that layers.ts says. Tests may look anywhere inside their package.

import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { type Arrows, CORE_CALLS, CORE_FEATURES, CORE_NOUNS, CORE_ROOF, FOR_TESTS, PACKAGES } from './layers.ts'
import { CODE, filesUnder, importsOf, isTestFile } from './sources.ts'

/** Every import that points the wrong way, as a sentence. */
export function checkLayers(root: string): string[] {
  return Object.entries(PACKAGES).flatMap(([name, arrows]) => {
    const source = join(root, 'packages', name, 'src')
    if (!existsSync(source)) return []
    const judge = { server: serverBreach, portal: portalBreach }[name]
    return importsUnder(source).flatMap(({ file, target, isType }) => {
      const breach = arrowBreach(arrows, file, target) ?? judge?.(file, target, isType)
      return breach === undefined ? [] : [`packages/${name}/src/${file}: ${breach}`]
    })
  })
}

/** Every import by which something other than a test stands on what is for tests. */
export function checkForTests(root: string): string[] {
  const own = FOR_TESTS.map((name) => `packages/${name}`)
  const folders = [...globSync('packages/*', { cwd: root }).map((path) => path.replaceAll('\\', '/')), 'tools']
  return folders
    .filter((folder) => !own.includes(folder) && existsSync(join(root, folder)))
    .sort()
    .flatMap((folder) =>
      filesUnder(join(root, folder), CODE)
        .filter((file) => !isTestFile(file))
        .flatMap((file) =>
          importsOf(readFileSync(join(root, folder, file), 'utf8'), file)
            .imports.filter((target) => FOR_TESTS.some((name) => `${target}/`.startsWith(`@scel/${name}/`)))
            .map((target) => `${folder}/${file}: ${target} is for tests alone`),
        ),
    )
}

/** Every arrow that no import uses, so that the written lists stay the truth. */
export function checkArrows(root: string): string[] {
  const packages = Object.entries(PACKAGES).flatMap(([name, arrows]) => {
    const source = join(root, 'packages', name, 'src')
    if (!existsSync(source)) return []
    const used = importsUnder(source).map(({ file, target }) => `${rowOf(arrows, file)} → ${rowOf(arrows, target)}`)
    return unused(arrows, used).map((arrow) => `${name}: ${arrow}`)
  })
  const core = join(root, 'packages', 'server', 'src', 'core')
  const used = existsSync(core)
    ? importsUnder(core)
        .filter(({ target, isType }) => !(isType && CORE_NOUNS.includes(target)))
        .map(({ file, target }) => `${rowOf(CORE_CALLS, file)} → ${rowOf(CORE_CALLS, target)}`)
    : undefined
  const features = used ? unused(CORE_CALLS, used).map((arrow) => `core: ${arrow}`) : []
  const nouns = used ? CORE_NOUNS.filter((noun) => !isSpokenOf(core, noun)).map((noun) => `core: the noun ${noun}`) : []
  return [...packages, ...features, ...nouns].map((arrow) => `tools/layers.ts allows ${arrow}, which nothing uses`)
}

/** Whether somebody who has no arrow to it takes its types. */
const isSpokenOf = (core: string, noun: string): boolean =>
  importsUnder(core).some(
    ({ file, target }) => target === noun && arrowBreach(CORE_FEATURES, file, target) !== undefined,
  )

const unused = (arrows: Arrows, used: readonly string[]): string[] =>
  Object.entries(arrows)
    .flatMap(([from, calls]) => calls.map((to) => `${from} → ${to}`))
    .filter((arrow) => !used.includes(arrow))

interface Import {
  /** Both seen from `src`. */
  readonly file: string
  readonly target: string
  readonly isType: boolean
}

/** Relative imports of everything but tests. One that leaves `src` is check-imports' business. */
function importsUnder(source: string): Import[] {
  return filesUnder(source, CODE)
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .flatMap((file) => {
      const { imports, types, addresses } = importsOf(readFileSync(join(source, file), 'utf8'), file)
      return [...imports, ...addresses]
        .filter((target) => target.startsWith('.'))
        .map((target) => ({
          ...{ file, target: posix.join(posix.dirname(file), target) },
          isType: types.has(target),
        }))
        .filter(({ target }) => !target.startsWith('..'))
    })
}

/** Judges by the rows that both paths belong to. */
function arrowBreach(arrows: Arrows, file: string, target: string): string | undefined {
  const [from, to] = [rowOf(arrows, file), rowOf(arrows, target)]
  if (from === to || from === 'index.ts') return undefined
  const allowed = arrows[from]
  if (allowed === undefined) return `${from} has no place in tools/layers.ts: give it one`
  return allowed.includes(to) ? undefined : `${from} may not import ${to} (${target})`
}

function rowOf(arrows: Arrows, path: string): string {
  const [folder = '', inner] = path.split('/')
  return Object.hasOwn(arrows, `${folder}/${inner}`) ? `${folder}/${inner}` : folder
}

/** Inside `core`: foundations know no feature, and features know one another along the written list only. */
function serverBreach(file: string, target: string, isType: boolean): string | undefined {
  if (first(file) !== 'core' || first(target) !== 'core') return undefined
  const [from, to] = [file.slice('core/'.length), target.slice('core/'.length)]
  const roof = CORE_ROOF[from]
  if (roof) return roof.test(to) || !to.includes('/') ? undefined : `${from} may import ${roof} only, not ${to}`
  if (!to.includes('/')) {
    const above = to in CORE_ROOF && to !== 'work.ts' // the type of a unit of work is for everybody
    return above ? `core/${to} stands above the features` : undefined
  }
  if (!from.includes('/')) return `core/${from} stands below the features and may not import ${to}`
  return isType && CORE_NOUNS.includes(to) ? undefined : arrowBreach(CORE_FEATURES, from, to)
}

/** The portal's features do not know one another. */
function portalBreach(file: string, target: string): string | undefined {
  if (first(file) !== 'features' || first(target) !== 'features') return undefined
  const [from, to] = [second(file), second(target)]
  return from === to ? undefined : `feature ${from} may not know feature ${to}`
}

const first = (path: string): string => path.split('/')[0] ?? ''
const second = (path: string): string => path.split('/')[1] ?? ''
