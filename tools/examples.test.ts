import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { declarationsIn, publicFolders } from './declarations.ts'
import { moduleOf, writeExamples } from './examples.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const modules = writeExamples(publicFolders(root, 'pki'), join(root, 'output/examples'))

test('the examples of the documentation compile', () => {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const args = [tsc, '-p', 'output/examples/tsconfig.json', '--pretty', 'false']
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  assert.equal(status, 0, stdout)
})

for (const { specifier, file, names } of modules) {
  // An example that does not even load fails alone, under its folder's name.
  const loaded = await import(pathToFileURL(file).href).catch((error: unknown) => error)
  for (const name of names) {
    test(`example of ${specifier}: ${name}`, async () => {
      if (loaded instanceof Error) throw loaded
      await loaded.examples[name]()
    })
  }
}

test('a doc comment is taken apart into what it says, throws and shows', () => {
  const text = `/**
 * Reads {@link Other} in two
 * lines.
 * @throws der_malformed, and
 *   oid_malformed
 * @example
 * const a = read(1)
 * assert.equal(a, 1)
 */
export declare function read(value: number): {
    readonly a: number;
};
/** Maps. */
export declare const map: (of: (one: string) => string) => string;
/** One row. */
export declare const ROW: {
    readonly run: () => void;
};
export interface Bare<T> {
    readonly of: T;
}
`
  const found = declarationsIn(text)
  assert.deepEqual(found.get('read')?.doc, {
    says: 'Reads `Other` in two lines.',
    throws: 'der_malformed, and oid_malformed',
    example: 'const a = read(1)\nassert.equal(a, 1)',
  })
  assert.equal(found.get('read')?.text, 'function read(value: number): {\n    readonly a: number;\n};')
  assert.deepEqual(
    [...found.values()].map(({ name, kind }) => [name, kind]),
    [
      ['read', 'function'],
      ['map', 'function'],
      ['ROW', 'constant'],
      ['Bare', 'type'],
    ],
  )
  assert.equal(found.get('Bare')?.doc, undefined)
})

test('an example imports what it names, from its own folder first', () => {
  const one = (name: string, example: string) =>
    ({ name, kind: 'function', text: '', doc: { says: name, example } }) as const
  const [a, b] = [one('twice', "assert.equal(twice(once('thrice')), 2)"), one('once', '')]
  const own = { specifier: 'x/own', intro: '', declared: [a] }
  const other = { specifier: 'x/other', intro: '', declared: [b, one('twice', ''), one('thrice', '')] }
  const text = moduleOf([a], own, [other, own])
  assert.match(
    text,
    /^import assert from 'node:assert\/strict'\nimport \{ twice \} from 'x\/own'\nimport \{ once \} from 'x\/other'\n\n/,
  )
  assert.match(text, /async twice\(\) \{\n {4}assert\.equal/)
})
