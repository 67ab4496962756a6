// What outcomes are called. The endings are those of RFC 8551 §3.2.1, and whatever is taken off again was put on.

import { fileNameOf } from '../../lib/files/index.ts'

/** One file goes under its own name; several go as one zip, called after the folder they share. */
export function bundleName(items: readonly { readonly path: string }[]): string {
  const [first] = items
  if (items.length === 1 && first) return nameIn(first.path)
  const folder = first?.path.split('/')[0] ?? ''
  const shared = folder !== '' && items.every(({ path }) => path.startsWith(`${folder}/`))
  return shared ? `${folder}.zip` : `${fileNameOf('files')}.zip`
}

export const sealedName = (name: string): string => `${name}.p7m`
export const signedName = (name: string, detached: boolean): string => `${name}${detached ? '.p7s' : '.p7m'}`

/** What a sealed or signed file is called once it is open. */
export function contentName(name: string): string {
  const bare = name.replace(/\.(?:p7m|p7s|p7|cms|ber|der)$/i, '')
  return bare !== '' && bare !== name ? bare : `${name}.content`
}

/** The content that a detached signature is most likely about: the one it is called after, otherwise the only one. */
export function contentFor<T extends { readonly path: string }>(
  signature: string,
  others: readonly T[],
): T | undefined {
  const wanted = contentName(nameIn(signature))
  return others.find(({ path }) => nameIn(path) === wanted) ?? (others.length === 1 ? others[0] : undefined)
}

/** Paths of a zip, each once: a second of the same name gets a number, as everywhere. */
export function distinctPaths(paths: readonly string[]): string[] {
  const seen = new Set<string>()
  return paths.map((path) => {
    let name = path
    for (let count = 2; seen.has(name.toLowerCase()); count++) name = path.replace(/(\.[^./]*)?$/, ` (${count})$1`)
    seen.add(name.toLowerCase())
    return name
  })
}

const nameIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
