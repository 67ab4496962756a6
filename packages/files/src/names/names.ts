// What outcomes are called. Whatever is put onto a name is taken off again, and so is what other programs put on.

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

/** What a sealed or signed file, a signature or a time stamp is called after; undefined when its name tells nothing of it. */
export function bareName(name: string): string | undefined {
  const bare = name.replace(COVERS, '')
  return bare !== '' && bare !== name ? bare : undefined
}

/** What the content of such a file is called: never as the file itself. */
export const contentName = (name: string): string => bareName(name) ?? `${name}.content`

/** The content that a detached signature is most likely about: the one it is called after, otherwise the only one. */
export function contentFor<T extends { readonly path: string }>(
  signature: string,
  others: readonly T[],
): T | undefined {
  const wanted = bareName(nameIn(signature))
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

// Of RFC 8551 §3.2.1, of time stamps (RFC 3161 §3.2), and what programs write besides.
const COVERS = /\.(?:p7[msz]?|cms|sig|tsr|tst|ber|der)$/i

const nameIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
