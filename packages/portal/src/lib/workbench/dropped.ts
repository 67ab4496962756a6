import type { Item } from './protocol.ts'

/** The files of a drop, folders opened. Called while the drop is handled: afterwards the browser hides them. */
export async function itemsOf(transfer: DataTransfer): Promise<Item[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry?.() ?? [])
  if (entries.length === 0) return [...transfer.files].map(itemOf)
  return (await Promise.all(entries.map((entry) => under(entry)))).flat()
}

/** A chosen file; one of a chosen folder brings its way there. */
export const itemOf = (file: File): Item => ({ file, path: file.webkitRelativePath || file.name })

async function under(entry: FileSystemEntry): Promise<Item[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
    return [{ file, path: entry.fullPath.replace(/^\//, '') }]
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const inside: FileSystemEntry[] = []
  for (;;) {
    // A hundred at a time, until there are none.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) break
    inside.push(...some)
  }
  inside.sort((a, b) => (a.name < b.name ? -1 : 1))
  return (await Promise.all(inside.map(under))).flat()
}

/** Octets of all of them. */
export const sizeOf = (items: readonly { readonly file: File }[]): number =>
  items.reduce((sum, { file }) => sum + file.size, 0)
