//
// Writes docs/api/ from the doc comments of the library: `node tools/write-api.ts`.

import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Declared, type PublicFolder, publicFolders } from './declarations.ts'

/** The library's pages, file name and text: one per public folder, and the first with all names. */
export function apiPages(folders: readonly PublicFolder[]): Map<string, string> {
  return new Map([
    ['README.md', contents(folders)],
    ...folders.map((folder) => [`${shortName(folder)}.md`, page(folder)] as const),
  ])
}

const HEAD = `# The library, folder by folder

\`@scel/pki\` reads and writes X.509, OCSP, PKCS #12 and their kin: bytes in, values out, in Node and in browsers, without
dependencies, without a clock and without a network. These pages are written by \`node tools/write-api.ts\` from the doc
comments; \`npm run check\` compares them with the code, and \`npm test\` compiles and runs every example. In the examples
\`assert\` is \`node:assert/strict\`, and \`sample\` stands for certificates and keys of one's own (\`packages/pki/test/sample.ts\`).

Every refusal is a \`PkiError\` with a code of [errors.md](../errors.md). Lengths are in bytes, times are \`Date\`s, byte
strings are \`Uint8Array\`s, and what was parsed is frozen.

| folder | functions |
|---|---|
`

function contents(folders: readonly PublicFolder[]): string {
  const rows = folders.map((folder) => {
    const file = `${shortName(folder)}.md`
    const links = folder.declared
      .filter(isCallable)
      .map(({ name }) => `[${name}](${file}#${anchor(name)})`)
      .join(', ')
    return `| [${folder.specifier}](${file}) | ${links} |\n`
  })
  return HEAD + rows.join('')
}

function page({ specifier, intro, declared }: PublicFolder): string {
  const parts = [`# ${specifier}\n`, ...(intro === '' ? [] : [`${intro}\n`])]
  for (const one of declared.filter(isCallable)) parts.push(entry(one))
  const rest = declared.filter((one) => !isCallable(one))
  if (rest.length > 0) parts.push('## Types and constants\n', ...rest.map((one) => entry(one, '###')))
  return parts.join('\n')
}

function entry({ name, text, doc }: Declared, level = '##'): string {
  const lines = [`${level} ${name}`, '', '```ts', text, '```', '']
  if (doc?.says) lines.push(doc.says, '')
  if (doc?.throws) lines.push(`Throws ${codesLinked(doc.throws)}`, '')
  if (doc?.example) lines.push('```ts', doc.example, '```', '')
  return lines.join('\n')
}

/** Codes such as `der_malformed` lead to their row. */
const codesLinked = (text: string): string => text.replace(/\b[a-z0-9]+(?:_[a-z0-9]+)+\b/g, '[`$&`](../errors.md#$&)')

export const isCallable = ({ kind }: Declared): boolean => kind === 'function' || kind === 'class'
const shortName = ({ specifier }: PublicFolder): string => specifier.slice(specifier.lastIndexOf('/') + 1)
const anchor = (name: string): string => name.toLowerCase()

if (import.meta.main) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const folder = join(root, 'docs/api')
  mkdirSync(folder, { recursive: true })
  const pages = apiPages(publicFolders(root, 'pki'))
  for (const [name, text] of pages) writeFileSync(join(folder, name), text)
  for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(join(folder, name))
}
