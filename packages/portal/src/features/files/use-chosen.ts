import { useCallback, useState } from 'react'
import { type FileKind, HEAD, kindOf } from './kind.ts'
import type { Item } from './protocol.ts'

/** A file on the list. */
export interface Chosen extends Item {
  readonly id: number
  readonly kind: FileKind
}

export interface ChosenFiles {
  readonly items: readonly Chosen[]
  /** Looks at the files and puts on the list those that are to be worked on; key files and certificates are given back. */
  take(items: readonly Item[]): Promise<readonly Chosen[]>
  remove(id: number): void
  clear(): void
}

let next = 0

export function useChosen(): ChosenFiles {
  const [items, setItems] = useState<readonly Chosen[]>([])
  const take = useCallback(async (taken: readonly Item[]) => {
    const chosen = await Promise.all(taken.map(recognised))
    setItems((before) => [...before, ...chosen.filter(isWork)])
    return chosen
  }, [])
  return {
    items,
    take,
    remove: (id) => setItems((before) => before.filter((one) => one.id !== id)),
    clear: () => setItems([]),
  }
}

/** Neither a key nor a certificate, which say how to work and not on what. */
export const isWork = ({ kind }: Chosen): boolean => kind !== 'key' && kind !== 'certificate'

async function recognised(item: Item): Promise<Chosen> {
  const head = new Uint8Array(await item.file.slice(0, HEAD).arrayBuffer())
  return { ...item, id: next++, kind: await kindOf(head) }
}
