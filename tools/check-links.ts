//
// Links between documents lead somewhere: the file is there, and so is the heading.

import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { filesUnder } from './sources.ts'

const LINK = /!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g
const IMAGE = /<(?:img|source)\b[^>]*?\bsrc(?:set)?="([^"]+)"/g

/** Every relative link in a Markdown file that leads nowhere. */
export function checkLinks(root: string): string[] {
  return filesUnder(root, /\.md$/).flatMap((file) => {
    const text = withoutCode(readFileSync(join(root, file), 'utf8'))
    const targets = [LINK, IMAGE].flatMap((pattern) => [...text.matchAll(pattern)].map(([, target]) => target ?? ''))
    return targets.flatMap((target) => {
      if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return []
      const [path = '', anchor] = decodeURI(target).split('#')
      const aim = path === '' ? file : normalize(join(dirname(file), path))
      if (aim.startsWith('..') || !existsSync(join(root, aim))) return [`${file}: ${target} leads nowhere`]
      if (!anchor || !aim.endsWith('.md') || statSync(join(root, aim)).isDirectory()) return []
      return anchorsOf(readFileSync(join(root, aim), 'utf8')).has(anchor)
        ? []
        : [`${file}: ${target} has no such heading`]
    })
  })
}

const withoutCode = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '')

/** Headings as GitHub names them, and anchors set by hand. */
export function anchorsOf(text: string): Set<string> {
  const plain = text.replace(/^```[\s\S]*?^```/gm, '')
  const headings = [...plain.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map(([, title]) => slug(title ?? ''))
  const seen = new Map<string, number>()
  const numbered = headings.map((name) => {
    const times = seen.get(name) ?? 0
    seen.set(name, times + 1)
    return times === 0 ? name : `${name}-${times}`
  })
  return new Set([...numbered, ...[...plain.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, name]) => name ?? '')])
}

const slug = (title: string): string =>
  title
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')
