import { globSync } from 'node:fs'
import { sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What a glob with braces names, one by one: `a/{b,c}.ts` is `a/b.ts` and `a/c.ts`. */
export function alternativesOf(glob: string): string[] {
  const [whole, before, inside, after] = /^([^{]*)\{([^}]*)\}(.*)$/.exec(glob) ?? []
  if (whole === undefined) return [glob]
  return inside!.split(',').flatMap((one) => alternativesOf(`${before}${one}${after}`))
}

/**
 * The files that globs name, from the project's root.
 * @throws Error where part of one names nothing: a guard that moved is guarded no more
 */
export function guardedFiles(globs: readonly string[]): string[] {
  const found = globs.flatMap(alternativesOf).flatMap((glob) => {
    const files = globSync(glob, { cwd: ROOT }).map((file) => file.split(sep).join('/'))
    if (files.length === 0) throw new Error(`${glob} names no file`)
    return files.sort()
  })
  return [...new Set(found)]
}
