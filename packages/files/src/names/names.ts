// What outcomes are called. The endings are those of RFC 8551 §3.2.1, and whatever is taken off again was put on.

type Paths = readonly { readonly path: string }[]

/** Several files become one zip, and so does a folder, even of one file: it is to be a folder again. */
export const becomesZip = (items: Paths): boolean => items.length > 1 || (items[0]?.path.includes('/') ?? false)

/** One file goes under its own name, a zip under that of the folder that all share, or else under `several`. */
export function bundleName(items: Paths, several: string): string {
  const path = items[0]?.path ?? ''
  if (!becomesZip(items)) return path
  const folder = path.split('/')[0] ?? ''
  return `${folder !== '' && items.every(({ path }) => path.startsWith(`${folder}/`)) ? folder : several}.zip`
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
