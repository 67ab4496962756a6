//
// Writes docs/errors.md from the sentences of the contract: `node tools/write-errors.ts`.

import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type ErrorCode, SENTENCES } from '@scel/contract/errors'
import { readable } from './icu.ts'

interface Words {
  readonly says: string
  readonly hint: string
}

const HEAD = `# Errors

Every error has a code that never changes, the same in the portal, the command line, the API and the logs; the sentences
may be improved. \`{…}\` stands for a fact of the case; several ways to say it are divided by /. This file is written by
\`node tools/write-errors.ts\`, and \`npm run check\` compares it with the code.

| code | what is wrong, and what to do | ce qui ne va pas, et que faire |
|---|---|---|
`

/** The whole text of docs/errors.md: one row per code, in alphabetical order. */
export function errorsPage(
  codes: readonly string[],
  english: Readonly<Record<string, Words>>,
  french: Readonly<Record<string, Words>>,
): string {
  const cell = (words: Words | undefined): string =>
    words ? [words.says, words.hint].map((text) => readable(text).replaceAll('|', '\\|')).join('<br>→ ') : ''
  const rows = [...codes].sort().map((code) => {
    return `| <a id="${code}"></a>\`${code}\` | ${cell(english[code])} | ${cell(french[code])} |\n`
  })
  return HEAD + rows.join('')
}

/** The page as it should be now. */
export const presentPage = (): string => {
  const codes = Object.keys(SENTENCES.en) as ErrorCode[]
  return errorsPage(codes, SENTENCES.en, SENTENCES.fr)
}

if (import.meta.main) writeFileSync(fileURLToPath(new URL('../docs/errors.md', import.meta.url)), presentPage())
