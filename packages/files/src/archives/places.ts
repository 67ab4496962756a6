import { refuse } from './refusal.ts'

/** The names of an archive as they come: none twice, and none that is a file and a folder at once. */
export class Places {
  readonly #kinds = new Map<string, 'file' | 'folder'>()

  /** @throws ArchiveRefused twice */
  take(name: string, kind: 'file' | 'folder'): void {
    for (let at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) {
      const above = name.slice(0, at)
      if (this.#kinds.get(above) === 'file') refuse('twice', name)
      this.#kinds.set(above, 'folder')
    }
    const before = this.#kinds.get(name)
    if (before !== undefined && (before === 'file' || kind === 'file')) refuse('twice', name)
    this.#kinds.set(name, kind)
  }
}
