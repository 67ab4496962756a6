import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { tree } from './tree.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

function compiler(...args: readonly string[]): string {
  const program = join(ROOT, 'node_modules/typescript/bin/tsc')
  return spawnSync(process.execPath, [program, '--pretty', 'false', ...args], { encoding: 'utf8', maxBuffer: 1 << 26 })
    .stdout
}

for (const name of ['pki', 'files', 'contract', 'portal']) {
  test(`${name} is compiled without Node’s types, whatever its dependencies ask for`, () => {
    const files = compiler('-p', join(ROOT, 'packages', name, 'tsconfig.web.json'), '--listFilesOnly')
    assert.match(files, /packages\/\w+\/src\//)
    assert.doesNotMatch(files, /@types\/node/)
  })
}

/** Lines that the compiler refuses where there is no Node. */
function refused(t: TestContext, lines: readonly string[]): number[] {
  const config = { extends: join(ROOT, 'packages/contract/tsconfig.web.json'), include: ['a.ts'] }
  const folder = tree(t, { 'tsconfig.json': JSON.stringify(config), 'a.ts': `${lines.join('\n')}\nexport {}\n` })
  return [...compiler('-p', folder).matchAll(/a\.ts\((\d+),/g)].map(([, line]) => Number(line))
}

test('Node’s modules and globals are refused there', (t) => {
  const ofNode = [
    `import 'node:crypto'`,
    `export type { Stats } from 'fs'`,
    `export const a: unknown = Buffer.from('')`,
    `export const b: unknown = process.env`,
    `export const c: unknown = globalThis.process`,
    `export const d: unknown = require('x')`,
    `export const e: unknown = __dirname`,
  ]
  assert.deepEqual(
    refused(t, ofNode),
    ofNode.map((_, at) => at + 1),
  )
  assert.deepEqual(refused(t, [`export const a: unknown = crypto.subtle`, `// Buffer.from is slower`]), [])
})
