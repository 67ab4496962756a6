//
// Makes modules of the examples in doc comments, so that the compiler reads them and tests run them.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Declared, PublicFolder } from './declarations.ts'

/** A module of examples: each is an async function under its name. */
export interface ExampleModule {
  readonly specifier: string
  readonly file: string
  readonly names: readonly string[]
}

/** Writes one module per public folder that has examples, and a tsconfig.json for them, into `into`. */
export function writeExamples(folders: readonly PublicFolder[], into: string): ExampleModule[] {
  rmSync(into, { recursive: true, force: true })
  mkdirSync(into, { recursive: true })
  writeFileSync(join(into, 'tsconfig.json'), '{ "extends": "../../tsconfig.base.json", "include": ["*.ts"] }\n')
  return folders.flatMap((folder) => {
    const shown = folder.declared.filter(({ doc }) => doc?.example)
    if (shown.length === 0) return []
    const file = join(into, `${folder.specifier.replace(/^.*\//, '')}.ts`)
    writeFileSync(file, moduleOf(shown, folder, folders))
    return [{ specifier: folder.specifier, file, names: shown.map(({ name }) => name) }]
  })
}

/** The text of one module; what an example names is imported, the folder's own names first. Keys of objects name nothing. */
export function moduleOf(shown: readonly Declared[], own: PublicFolder, all: readonly PublicFolder[]): string {
  const code = shown.map(({ doc }) => doc?.example ?? '').join('\n')
  const words = new Set(code.replace(/'(?:[^'\\\n]|\\.)*'/g, '').match(/(?<!\.)\b[A-Za-z_$][\w$]*\b(?!:)/g))
  const taken = new Set<string>()
  const imports = [own, ...all].flatMap(({ specifier, declared }) => {
    const names = declared.filter(({ name }) => words.has(name) && !taken.has(name))
    for (const { name } of names) taken.add(name)
    const written = names.map(({ name, kind }) => (kind === 'type' ? `type ${name}` : name)).toSorted()
    return names.length > 0 ? [`import { ${written.join(', ')} } from '${specifier}'`] : []
  })
  return [
    ...(words.has('assert') ? ["import assert from 'node:assert/strict'"] : []),
    ...imports,
    ...(words.has('sample') ? ["import { sample } from '../../packages/pki/test/sample.ts'"] : []),
    '',
    'export const examples: Readonly<Record<string, () => Promise<void>>> = {',
    ...shown.flatMap(({ name, doc }) => [
      `  async ${name}() {`,
      ...(doc?.example ?? '').split('\n').map((line) => `    ${line}`),
      '  },',
    ]),
    '}',
    '',
  ].join('\n')
}
