//
// What a document names in backticks is there: a file of the project by its path or the end of it, and a name of its code.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesUnder } from './sources.ts'

const MENTION = /`([^`\n]+)`/g
/** `store/sweep.ts`, `desk-x.mjs`: what stands for any file (`x.test.ts`) has one letter. */
const FILE = /^(?!x\.)[\w@./-]+\.(?:ts|tsx|mjs)$/
/** `camelCase` and `snake_case`: single words are anybody's, and a name with a capital may be another program's. */
const NAME = /^(?:[a-z][a-z0-9]*[A-Z]\w*|[a-z]+(?:_[a-z]+)+)(?:\(\))?$/
const WORD = /[A-Za-z_]\w*/g
/** What was is told there under its name of then. */
const HISTORY = new Set(['CHANGELOG.md'])

/** Every file and name that a document mentions and that is not there. Pages that are written from the code are left out. */
export function checkMentions(root: string): string[] {
  const files = filesUnder(root, /\.(?:ts|tsx|mjs)$/)
  const known = files.map((file) => file.split('/'))
  const words = new Set<string>()
  for (const file of filesUnder(root, /\.(?:ts|tsx|mjs|c|json)$/))
    for (const [word] of readFileSync(join(root, file), 'utf8').matchAll(WORD)) words.add(word)
  const documents = filesUnder(root, /\.md$/).filter((file) => !HISTORY.has(file) && !file.startsWith('docs/api/'))
  return documents.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8').replace(/^```[\s\S]*?^```/gm, '')
    return [...new Set([...text.matchAll(MENTION)].map(([, mention = '']) => mention))].flatMap((mention) => {
      if (FILE.test(mention)) return known.some((path) => isShort(mention, path)) ? [] : [`${file}: no file ${mention}`]
      const name = mention.replace('()', '')
      return NAME.test(mention) && !words.has(name) ? [`${file}: no code names ${mention}`] : []
    })
  })
}

/** Whether a file is meant by some of its folders, in their order, and its name: `server/store/testing/ask.ts`. */
function isShort(mention: string, path: readonly string[]): boolean {
  const parts = mention.split('/').filter((part) => part !== '.' && part !== '..')
  if (parts.at(-1) !== path.at(-1)) return false
  let at = 0
  for (const part of path) if (part === parts[at]) at++
  return at === parts.length
}
