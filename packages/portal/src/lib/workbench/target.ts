import type { Target } from './protocol.ts'

/**
 * Where the outcome will go. For something large the person is asked first, where the browser can: it is then written
 * once, in its place. Everything else waits in the browser's own folder until it is saved.
 * @returns undefined when the person changed their mind
 */
export async function targetFor(name: string, type: string, size: number): Promise<Target | undefined> {
  const { showSaveFilePicker } = globalThis as Pickers
  if (size < LARGE || !showSaveFilePicker) return { name, type }
  try {
    return { name, type, picked: await showSaveFilePicker({ suggestedName: name }) }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined
    return { name, type }
  }
}

/** Not in every browser. */
interface Pickers {
  readonly showSaveFilePicker?: (options: { readonly suggestedName: string }) => Promise<FileSystemFileHandle>
}

// From here on a second copy costs noticeable time and room.
const LARGE = 1024 * 1024 * 1024
