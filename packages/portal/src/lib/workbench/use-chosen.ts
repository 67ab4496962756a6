import { type FileKind, fileKind, HEAD, wrappingOf } from '@scel/files/kinds'
import { useCallback, useState } from 'react'
import type { Item } from './protocol.ts'
import type { Workshop } from './workshop.ts'

/** A file on the list. */
export interface Chosen extends Item {
  readonly id: number
  /** Of what is inside, where text is around it. */
  readonly kind: FileKind
  /** What is inside of text: this is opened and verified. Sealed and signed is the file as it is. */
  readonly inner?: File
  /** Why nothing came out of the text. */
  readonly fault?: unknown
}

export interface ChosenFiles {
  readonly items: readonly Chosen[]
  /** Looks at the files and puts on the list those that are to be worked on; key files and certificates are given back. */
  take(items: readonly Item[]): Promise<readonly Chosen[]>
  remove(id: number): void
  clear(): void
}

let next = 0

export function useChosen(workshop: Workshop | undefined): ChosenFiles {
  const [items, setItems] = useState<readonly Chosen[]>([])
  const take = useCallback(
    async (taken: readonly Item[]) => {
      const chosen = await Promise.all(taken.map((item) => recognised(item, workshop)))
      setItems((before) => [...before, ...chosen.filter(isWork)])
      return chosen
    },
    [workshop],
  )
  return {
    items,
    take,
    remove: (id) => setItems((before) => before.filter((one) => one.id !== id)),
    clear: () => setItems([]),
  }
}

/** Neither a key nor a certificate, which say how to work and not on what. */
export const isWork = ({ kind }: Chosen): boolean => kind !== 'key' && kind !== 'certificate'

async function recognised(item: Item, workshop: Workshop | undefined): Promise<Chosen> {
  const chosen = { ...item, id: next++ }
  const head = await headOf(item.file)
  const wrapping = wrappingOf(head)
  if (!wrapping || !workshop) return { ...chosen, kind: await fileKind(head) }
  try {
    const inner = await workshop.ask('unwrap', { file: item.file, wrapping })
    const kind = await fileKind(await headOf(inner))
    return kind === 'plain' ? { ...chosen, kind } : { ...chosen, kind, inner }
  } catch (fault) {
    return { ...chosen, kind: 'plain', fault }
  }
}

const headOf = async (file: Blob): Promise<Uint8Array> => new Uint8Array(await file.slice(0, HEAD).arrayBuffer())
